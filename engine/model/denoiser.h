#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/step_record.h"
#include "engine/trace/trace.h"

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Dream's way to draw: from softmax(logits / temperature), cut down to the nucleus and then to the topK most probable ids; at temperature
/// 0 the most probable id, of the cut distribution at temperature 1. HKUNLP/Dream `generation_utils.py`, sample_tokens.
struct TokenFilter {
    double topP = 1.0;  ///< keep the ids in falling order while those before have at most this much together; 1: all
    uint32_t topK = 0;  ///< 0: all
};

/// What a pass does about KL(distribution now || distribution at the last such pass).
enum class Comparison : uint8_t {
    None,
    Begin,     ///< forgets earlier passes; this one is what the next is compared with
    Continue,  ///< compares with the last compared pass, which must be of the same owner, then takes its place
};

/// Rows of a text that a pass computes. Their keys and values stay in the model's store, in the place of what stood there; those of the
/// rows before and behind it come from the store, as earlier passes for the same owner left them. Every row that one of them sees must be
/// there or among them, and so must every row that predicts an open slot. What stands behind the rows that they see leaves the store: it
/// was computed from what they overwrite.
struct CachedRows {
    uint32_t begin = 0;
    uint32_t end = 0;    ///< rows [begin, end)
    uint64_t owner = 0;  ///< whose passes the store holds, see Denoiser::holdsCacheOf(); another owner's first pass forgets all rows
};

/// One forward pass over a canvas, or two with guidance.
struct ForwardRequest {
    std::span<const TokenId> tokens;      ///< the whole text, mask ids included
    std::span<const uint32_t> openSlots;  ///< positions whose distribution is wanted, rising; some, unless `cached`
    uint32_t candidates = 8;              ///< k; fewer are reported where fewer may be emitted
    SamplingNoise noise;
    std::optional<TokenFilter> filter;  ///< draw as it says, at the temperature of `noise`
    /// Ids that count as impossible, sorted; left out: ModelConfig::forbiddenIds.
    std::optional<std::span<const TokenId>> forbidden;
    /// The text with its prompt masked. Where it is not empty the logits are z = z_u + (cfgScale + 1)(z_c - z_u), z_u those of this text
    /// and z_c those of `tokens`. Ho & Salimans, arXiv 2207.12598, as in ML-GSAI/LLaDA `generate.py`.
    std::span<const TokenId> unconditional;
    float cfgScale = 0.0F;
    std::optional<TokenId> confidenceWithout;  ///< Drawn is of the distribution without this id, which may be drawn all the same
    Comparison comparison = Comparison::None;
    uint32_t comparedBegin = 0;  ///< of the slots [begin, end)
    uint32_t comparedEnd = 0;
    uint64_t comparedBy = 0;  ///< whose passes are compared, see Denoiser::holdsComparisonOf()
    /// Slots whose tokens are judged by the rest of the text, see ForwardResult::confirmed. No guidance, no causal attention.
    ShadowRows shadow;
    /// The last pass was over this text, too: what the blocks made of it is taken from there, if the model still has it.
    bool repeatsText = false;
    /// Left out: every row that the open slots need is computed, and no keys and values stay behind. No guidance, no shadow.
    std::optional<CachedRows> cached;
    /// With block-causal attention: position p stands in block (p + blockOffset) / blockLength.
    uint32_t blockOffset = 0;
    uint32_t blockLength = 0;  ///< of these blocks; 0: ModelConfig::blockLength
    /// With causal attention: the slots from here on see every slot, those before them what a causal model sees.
    std::optional<uint32_t> canvasBegin;
    /// By open slot, or empty: an id that the head has and that is not forbidden, whose probability and rank are wanted however unlikely it
    /// is. Reads the logits of these slots back: for measurements, not for steps.
    std::span<const TokenId> asked;
    /// A slot of which is measured where the row that predicts it looks. No shadow, and nothing `cached`.
    std::optional<uint32_t> attentionOf;
};

/// The distribution that a token was drawn from or is judged by, where that is not the model's own.
struct Drawn {
    float probability = 0.0F;  ///< of the drawn id
    float margin = 0.0F;       ///< p1 - p2
    float entropy = 0.0F;      ///< nats
};

/// What a distribution says of one token.
struct AskedToken {
    TokenId id = 0;
    float probability = 0.0F;
    uint32_t rank = 0;  ///< 1: the likeliest; among equals the lowest id is first
};

struct ForwardResult {
    std::vector<SlotBelief> beliefs;  ///< at the open slots, in their order, scores unset: the model's own distribution, guided if asked
    std::vector<Drawn> drawn;         ///< at the open slots, with `filter` or `confidenceWithout`; else empty
    std::vector<float> drift;         ///< at the open slots, when compared: the divergence in nats, NaN where there is none; else empty
    /// Of every slot of the shadow: the probability of its token, whatever it is, as if the slot were masked.
    std::vector<float> confirmed;
    std::vector<AskedToken> asked;  ///< at the open slots, with `asked`; else empty
    /// [layers, heads, tokens] with `attentionOf`: the weights by which the values of every slot are added up, 0 where the row does not see
    /// the slot; 1 over the slots of every layer and head. With guidance of the text itself. Else empty.
    std::vector<float> attention;
};

/// Transformer rows of a pass over a text of `slots` without CachedRows, and without those of a shadow: all of it; with causal attention
/// those up to the last that is asked; with block-causal attention those up to the end of its block.
uint32_t rowsComputed(const ModelConfig& config, uint32_t slots, std::span<const uint32_t> openSlots, uint32_t blockOffset = 0);

/// Transformer rows of a shadow: a masked one for every slot, and with a shift the row that predicts it once more, see Transformer.
uint32_t rowsOfShadow(const ModelConfig& config, uint32_t slots);

/// What a decoding session needs of a model: beliefs about masked slots, and who it is. Inference thread only.
class Denoiser {
public:
    Denoiser() = default;
    Denoiser(const Denoiser&) = delete;
    Denoiser& operator=(const Denoiser&) = delete;
    virtual ~Denoiser() = default;

    [[nodiscard]] virtual const ModelConfig& config() const = 0;
    [[nodiscard]] virtual std::shared_ptr<const Tokenizer> tokenizer() const = 0;
    /// The fields of a trace's header that name the weights, their special ids and the device; the rest is left to the run.
    [[nodiscard]] virtual TraceHeader identity() const = 0;
    /// The logits stay on the device. After a pass that fails or is stopped, the next comparison must begin anew.
    virtual Result<ForwardResult> forward(const ForwardRequest& request, std::stop_token stop) = 0;
    /// Whether the store of keys and values is still as the passes of this owner left it: none of another owner came between, and none of
    /// its own failed or was stopped.
    [[nodiscard]] virtual bool holdsCacheOf(uint64_t owner) const = 0;
    /// Whether the last compared pass was this owner's: none of another owner came between, and none of its own failed or was stopped.
    [[nodiscard]] virtual bool holdsComparisonOf(uint64_t owner) const = 0;
};

}  // namespace crystallite
