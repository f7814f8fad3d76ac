#pragma once

#include "engine/model/denoiser.h"

#include <functional>
#include <map>
#include <optional>

namespace crystallite {

/// A model whose logits are any function of the canvas: what a session does with beliefs can be worked out by hand, and every call is kept.
/// Ids: 0 mask, 1 end, 2.. the letters "a", "b", …, then the other bytes, and expand; the bytes have no logit and are forbidden, expand
/// unless it is allowed.
class FakeDenoiser final : public Denoiser {
public:
    using Logit = std::function<float(std::span<const TokenId> tokens, uint32_t position, TokenId id)>;
    static constexpr TokenId kMask = 0;
    static constexpr TokenId kEnd = 1;
    static constexpr TokenId kLetterA = 2;
    static constexpr uint32_t kLetters = 14;
    static constexpr TokenId kExpand = kLetterA + 256;

    explicit FakeDenoiser(Logit logit);

    [[nodiscard]] const ModelConfig& config() const override { return config_; }
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const override { return tokenizer_; }
    [[nodiscard]] TraceHeader identity() const override { return identity_; }
    Result<ForwardResult> forward(const ForwardRequest& request, std::stop_token stop) override;
    [[nodiscard]] bool holdsCacheOf(uint64_t owner) const override { return owner_ == owner && !store_.empty(); }
    [[nodiscard]] bool holdsComparisonOf(uint64_t owner) const override { return comparedBy_ == owner; }

    TraceHeader& identity() { return identity_; }
    ModelConfig& config() { return config_; }
    void setBos(TokenId bos);
    void setEot(TokenId eot);
    void allowExpand();
    /// From now on logits are those of two layers of attention with this visibility: the logit's function sees, instead of tokens, what the
    /// rows that the predicting row sees have made of theirs. Rows that a pass does not compute come from the store, as older as they may
    /// be.
    void attend(Visibility visibility, uint32_t blockLength, bool shift);
    /// The pass after so many more is stopped in the middle, once.
    void stopAfter(size_t passes) { passesUntilStop_ = passes; }
    /// Of every finished pass with CachedRows, its rows.
    [[nodiscard]] const std::vector<CachedRows>& cachedPasses() const { return cachedPasses_; }
    /// Canvas ids of every finished pass.
    [[nodiscard]] const std::vector<std::vector<TokenId>>& passes() const { return passes_; }

private:
    using Row = std::map<TokenId, float>;  // logit by id
    [[nodiscard]] Row guidedRow(const ForwardRequest& request, uint32_t position) const;
    [[nodiscard]] Row rowOf(std::span<const TokenId> tokens, uint32_t position) const;
    float compare(const ForwardRequest& request, uint32_t position, const Row& row);
    /// What a row leaves in the store for each of the two layers.
    struct KeptRow {
        TokenId first = 0;
        TokenId second = 0;
    };
    using KeptRows = std::map<uint32_t, KeptRow>;
    [[nodiscard]] KeptRows computeRows(const ForwardRequest& request, uint32_t begin, uint32_t end, KeptRows rows) const;
    [[nodiscard]] uint32_t rowsSeen(const ForwardRequest& request, uint32_t position) const;
    [[nodiscard]] Row rowFromLayers(const ForwardRequest& request, uint32_t position) const;
    [[nodiscard]] Result<void> runLayers(const ForwardRequest& request);

    Logit logit_;
    std::vector<TokenId> ids_;  // that have a logit
    std::map<uint32_t, Row> kept_;
    ModelConfig config_;
    TraceHeader identity_;
    std::shared_ptr<const Tokenizer> tokenizer_;
    std::vector<std::vector<TokenId>> passes_;
    bool attends_ = false;
    KeptRows seen_;  ///< of the pass: those that it computed and those of the store
    KeptRows store_;
    std::optional<uint64_t> owner_;
    std::optional<uint64_t> comparedBy_;  ///< whose rows kept_ holds
    std::optional<size_t> passesUntilStop_;
    std::vector<CachedRows> cachedPasses_;
};

/// Logits that depend on every token of the canvas, so that a run which went another way is never the same again.
float scrambledLogit(std::span<const TokenId> tokens, uint32_t position, TokenId id);

/// The fake logits of tests/reference/sampler_goldens.py: a part of the slot and the id alone, of which one id a slot stands out, and a
/// part that depends on every token, 2^-calm as large. Multiples of 2^-13 below 16, and of 2^-(13 + calm), so that every sum is exact.
FakeDenoiser::Logit hashedLogits(uint32_t seed, uint32_t calm);

}  // namespace crystallite
