#pragma once

#include "engine/model/activations.h"
#include "engine/model/kv_store.h"
#include "engine/model/pass_rows.h"
#include "engine/model/watched_row.h"
#include "engine/model/weights.h"

#include <memory>
#include <span>
#include <stop_token>

namespace crystallite {

/// The first layers of a split model on a backend of their own, from the tokens to the residual stream that the others go on with.
/// `backend`, `source` and `config` must outlive it.
class FrontLayers {
public:
    static Result<std::unique_ptr<FrontLayers>> load(Backend& backend, const ModelSource& source, const ModelConfig& config,
                                                     LayerRange layers, std::stop_token stop);

    [[nodiscard]] Backend& backend() const { return backend_; }
    [[nodiscard]] LayerRange layers() const { return layers_; }

    /// Room for this many rows, in the store too if there are to be rows there.
    Result<void> prepare(uint32_t slots, bool stored);
    /// The rows of a pass, as Transformer takes them, with their `tokens`; their residual stream goes to `border` [rows, width], an Upload
    /// buffer of the backend that goes on. Room must have been made for them. `watched`: as Transformer takes it.
    Result<void> run(std::span<const TokenId> tokens, const PassRows& rows, Buffer& border, std::stop_token stop,
                     const WatchedRow* watched = nullptr);
    [[nodiscard]] KvStore& store() { return store_; }

private:
    FrontLayers(Backend& backend, const ModelConfig& config, LayerRange layers, Weights weights);

    Backend& backend_;
    const ModelConfig& config_;
    LayerRange layers_;
    Weights weights_;
    std::unique_ptr<Activations> activations_;
    KvStore store_;
};

}  // namespace crystallite
