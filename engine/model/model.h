#pragma once

#include "engine/backend/backend.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/step_record.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// One forward pass over a canvas.
struct ForwardRequest {
    std::span<const TokenId> tokens;      ///< the whole canvas, mask ids included
    std::span<const uint32_t> openSlots;  ///< positions whose distribution is wanted, rising
    uint32_t candidates = 8;              ///< k
    SamplingNoise noise;
};

/// Memory a model needs on a device for a canvas of a given length; the sum is what is compared with the budget.
struct MemoryEstimate {
    uint64_t weightBytes = 0;
    uint64_t activationBytes = 0;
    [[nodiscard]] uint64_t total() const { return weightBytes + activationBytes; }
};

/// A loaded model: weights on a backend, its tokenizer and its configuration. Inference thread only; the backend must outlive it.
class Model {
public:
    static Result<std::unique_ptr<Model>> load(Backend& backend, std::shared_ptr<const ModelSource> source, const Progress& progress = {},
                                               std::stop_token stop = {});
    ~Model();
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    [[nodiscard]] const ModelConfig& config() const;
    [[nodiscard]] const ModelSource& source() const;
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const;
    [[nodiscard]] Backend& backend() const;
    [[nodiscard]] MemoryEstimate memoryFor(uint32_t canvasLength) const;

    /// The beliefs at the open slots, in their order. The logits stay on the device.
    Result<std::vector<SlotBelief>> forward(const ForwardRequest& request, std::stop_token stop);
    /// Raw logits [openSlots, vocabulary] of the rows that predict the open slots; for checking, not for decoding.
    Result<std::vector<float>> logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop);

private:
    struct State;
    explicit Model(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace crystallite
