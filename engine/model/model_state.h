#pragma once

#include "engine/model/activations.h"
#include "engine/model/forward_buffers.h"
#include "engine/model/front_layers.h"
#include "engine/model/kv_store.h"
#include "engine/model/model.h"
#include "engine/model/pass_rows.h"
#include "engine/model/transformer.h"
#include "engine/model/weights.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite {

/// Device and driver as a trace names them.
struct ComputedBy {
    std::string device;
    std::string driver;
};

/// What a loaded model is made of, and how its passes run.
struct Model::State {
    Backend& backend;  // computes the last layers and the head
    std::shared_ptr<const ModelSource> source;
    ModelConfig config;
    std::shared_ptr<const Tokenizer> tokenizer;
    LayerRange layers;  // of the backend
    bool loadAnyway;
    std::unique_ptr<FrontLayers> front;  // the layers before them, if there are any
    Weights weights;
    std::unique_ptr<Activations> activations;
    ForwardBuffers buffers;
    KvStore store;  ///< of the backend's layers; the front has its own
    /// The text whose residual stream the activations hold, and what its rows see; no tokens: none.
    struct Held {
        std::vector<TokenId> tokens;
        TextVisibility visibility;
    } held;
    std::optional<uint64_t> comparedBy;  ///< whose logits ForwardBuffers::kept holds

    /// Of a pass that is watched: where the row that predicts a slot looks, in the layers of either device.
    struct Watch {
        std::optional<WatchedRow> front;
        WatchedRow own;

        /// [layers, heads, slots] of a text of `slots`, 0 behind the keys that the row's attention had.
        [[nodiscard]] std::vector<float> weights(const ModelConfig& model, uint32_t slots) const;
    };

    /// What a pass is for: a text, the slots of it that are asked for with the rows (rising) that go through the head for them, and the
    /// slots that are repeated behind the text.
    struct Rows {
        std::span<const TokenId> tokens;
        std::span<const uint32_t> openSlots;
        std::span<const uint32_t> headRows;
        ShadowRows shadow = {};
        bool repeatsText = false;
        TextVisibility visibility = {};
        std::optional<CachedRows> cached = {};
        const Watch* watch = nullptr;

        [[nodiscard]] uint32_t text() const { return static_cast<uint32_t>(tokens.size()); }
    };
    /// Called while the pass is recorded, after the blocks.
    using UseResidual = std::function<void(Pass&, const Transformer&)>;
    /// Called while the pass is recorded, with the logits of head rows [first, first + logits.rows); the rows of the shadow follow those of
    /// the open slots.
    using UseLogits = std::function<void(Pass&, const Transformer&, const Tensor& logits, uint32_t first)>;
    Result<void> runBlocks(const Rows& rows, const UseResidual& use, std::stop_token stop);
    Result<void> run(const Rows& rows, const UseLogits& use, std::stop_token stop);
    Result<std::vector<float>> readLogits(const Rows& rows, std::stop_token stop);

    Result<Watch> watch(const Rows& rows, uint32_t slot);

    Result<void> prepare(uint32_t slots, bool stored);
    void forgetStores();
    [[nodiscard]] PassRows passRows(const Rows& rows) const;
    /// Returns the ids of all rows.
    std::vector<TokenId> upload(const Rows& rows, const PassRows& pass);
    [[nodiscard]] bool holds(const Rows& rows) const;
    Result<void> load(Backend* host, const Progress& progress, std::stop_token stop);
    void releaseCopied();
    [[nodiscard]] LoadPlan planFor(uint32_t slots, bool stored) const;
    [[nodiscard]] Result<void> checkRoom(uint32_t slots, bool stored) const;
    [[nodiscard]] ComputedBy computedBy() const;
};

}  // namespace crystallite
