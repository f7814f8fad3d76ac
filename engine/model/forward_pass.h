#pragma once

#include "engine/model/activations.h"
#include "engine/model/denoiser.h"
#include "engine/model/forward_buffers.h"
#include "engine/model/transformer.h"

namespace crystallite {

/// One ForwardRequest on a device: what is recorded behind the transformer's blocks, and what the host makes of the words that come back.
/// Borrows everything for the time of the pass.
class ForwardPass {
public:
    ForwardPass(const ModelConfig& config, const Activations& activations, ForwardBuffers& buffers, const ForwardRequest& request);

    /// Room and lists for what the request asks for.
    Result<void> prepare(Backend& backend);
    /// The open rows of a pass over the unconditional text.
    void recordUnconditional(Pass& pass, const Transformer& transformer) const;
    /// Everything that is wanted of the logits of open rows [first, first + logits.rows), or of rows of the shadow, which follow them. May
    /// change the logits.
    void recordUse(Pass& pass, const Transformer& transformer, const Tensor& logits, uint32_t first) const;
    [[nodiscard]] ForwardResult read() const;

private:
    void recordDrift(Pass& pass, const Tensor& logits, uint32_t first) const;
    void recordJudgement(Pass& pass, const Tensor& logits, uint32_t first) const;
    void recordConfirmation(Pass& pass, const Tensor& logits, uint32_t first) const;
    /// The probability of the token under row `row` of the shadow; 0 where the head has no logit of it.
    [[nodiscard]] float confirmationOf(uint32_t row) const;
    [[nodiscard]] std::span<const TokenId> confirmedTokens() const {
        return request_.tokens.subspan(request_.shadow.begin, request_.shadow.rows);
    }
    [[nodiscard]] Drawn judge(SlotBelief& belief, const uint32_t* words) const;
    [[nodiscard]] bool isConfirmed() const { return request_.shadow.rows > 0; }
    [[nodiscard]] bool isJudged() const { return request_.filter || request_.confidenceWithout; }
    [[nodiscard]] IndexView positionsOf(uint32_t first, uint32_t rows) const;

    const ModelConfig& config_;
    const Activations& activations_;
    ForwardBuffers& buffers_;
    const ForwardRequest& request_;
    std::vector<TokenId> forbidden_;
    std::vector<TokenId> judgedForbidden_;
    uint32_t open_ = 0;
    uint32_t candidates_ = 0;
    uint32_t comparedFirst_ = 0;  // indices into the open slots
    uint32_t comparedLast_ = 0;
};

}  // namespace crystallite
