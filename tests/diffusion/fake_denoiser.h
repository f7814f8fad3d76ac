#pragma once

#include "engine/model/denoiser.h"

#include <functional>

namespace crystallite {

/// A model whose logits are any function of the canvas: what a session does with beliefs can be worked out by hand, and every call is kept.
/// Ids: 0 mask, 1 end, 2.. the letters "a", "b", …, then the other bytes, which are forbidden.
class FakeDenoiser final : public Denoiser {
public:
    using Logit = std::function<float(std::span<const TokenId> tokens, uint32_t position, TokenId id)>;
    static constexpr TokenId kMask = 0;
    static constexpr TokenId kEnd = 1;
    static constexpr TokenId kLetterA = 2;
    static constexpr uint32_t kLetters = 14;

    explicit FakeDenoiser(Logit logit);

    [[nodiscard]] const ModelConfig& config() const override { return config_; }
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const override { return tokenizer_; }
    [[nodiscard]] TraceHeader identity() const override { return identity_; }
    Result<std::vector<SlotBelief>> forward(const ForwardRequest& request, std::stop_token stop) override;

    TraceHeader& identity() { return identity_; }
    ModelConfig& config() { return config_; }
    void setBos(TokenId bos);
    /// Canvas ids of every finished pass.
    [[nodiscard]] const std::vector<std::vector<TokenId>>& passes() const { return passes_; }

private:
    Logit logit_;
    ModelConfig config_;
    TraceHeader identity_;
    std::shared_ptr<const Tokenizer> tokenizer_;
    std::vector<std::vector<TokenId>> passes_;
};

/// Logits that depend on every token of the canvas, so that a run which went another way is never the same again.
float scrambledLogit(std::span<const TokenId> tokens, uint32_t position, TokenId id);

}  // namespace crystallite
