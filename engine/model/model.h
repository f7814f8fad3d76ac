#pragma once

#include "engine/model/denoiser.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Memory a model needs on a device for a canvas of a given length; the sum is what is compared with the budget.
struct MemoryEstimate {
    uint64_t weightBytes = 0;
    uint64_t activationBytes = 0;
    [[nodiscard]] uint64_t total() const { return weightBytes + activationBytes; }
    /// What should be free beforehand: drivers round every buffer up, and the desktop takes its share.
    [[nodiscard]] uint64_t withMargin() const { return total() + total() / 20; }
};

/// What a model will need, before it is loaded.
MemoryEstimate estimateMemory(const ModelSource& source, const ModelConfig& config, uint32_t canvasLength);

/// A loaded model: weights on a backend, its tokenizer and its configuration. Inference thread only; the backend must outlive it.
class Model final : public Denoiser {
public:
    static Result<std::unique_ptr<Model>> load(Backend& backend, std::shared_ptr<const ModelSource> source, const Progress& progress = {},
                                               std::stop_token stop = {});
    ~Model() override;

    [[nodiscard]] const ModelConfig& config() const override;
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const override;
    [[nodiscard]] TraceHeader identity() const override;
    [[nodiscard]] const ModelSource& source() const;
    [[nodiscard]] Backend& backend() const;
    [[nodiscard]] MemoryEstimate memoryFor(uint32_t canvasLength) const;

    Result<ForwardResult> forward(const ForwardRequest& request, std::stop_token stop) override;
    /// Logits [openSlots, outputVocabulary] of the rows that predict the open slots; for checking, not for decoding.
    Result<std::vector<float>> logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop);
    /// Logits [rows, outputVocabulary] of the rows themselves (rising), whatever slot they predict.
    Result<std::vector<float>> rowLogits(std::span<const TokenId> tokens, std::span<const uint32_t> rows, std::stop_token stop);

private:
    struct State;
    explicit Model(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace crystallite
