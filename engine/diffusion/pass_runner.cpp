#include "engine/diffusion/pass_runner.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

namespace crystallite {
namespace {

uint64_t nextOwner() {
    static std::atomic<uint64_t> last = 0;
    return ++last;
}

/// Weights that overflow give distributions that are no numbers; nothing sensible can be drawn from them.
Result<void> checkBeliefs(std::span<const SlotBelief> beliefs) {
    for (const SlotBelief& belief : beliefs) {
        if (!std::isfinite(belief.logSumExp) || !std::isfinite(belief.entropy) || !std::isfinite(belief.sampledProbability)) {
            return Error{
                .kind = ErrorKind::Corrupt,
                .message = "The model gave no finite probabilities for slot " + std::to_string(belief.position) +
                           "; its weights are damaged or this device computes them wrongly: try the CPU, then load the file again."};
        }
    }
    return {};
}

/// What the published samplers never forbid counts as possible under the strict reference. ReMDM's models, which are MDLM's, never predict
/// their mask.
std::vector<TokenId> forbiddenIds(const ModelConfig& config, const DecodeSettings& settings, const StepPlan& plan) {
    std::vector<TokenId> ids = settings.strictReference ? std::vector<TokenId>() : config.forbiddenIds;
    if (settings.policy == DecodePolicy::Remdm && config.maskId < config.outputVocabulary) {
        ids.push_back(config.maskId);
    }
    ids.insert(ids.end(), plan.suppressed.begin(), plan.suppressed.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// The text with every slot masked that was given.
std::vector<TokenId> withoutGiven(const Canvas& canvas) {
    std::vector<TokenId> tokens(canvas.text().begin(), canvas.text().end());
    for (uint32_t position = 0; position < tokens.size(); ++position) {
        if (canvas.region(position) != SlotRegion::Answer) {
            tokens[position] = canvas.maskId();
        }
    }
    return tokens;
}

/// The step that looked at frame `frame`, as far as its last pass needs to know it.
StepPlan stepAt(const Trace& trace, uint32_t frame, const StepPlan& like) {
    StepPlan step = like;
    step.slots.clear();
    for (const SlotBelief& belief : trace.record(frame + 1).beliefs) {
        step.slots.push_back(belief.position);
    }
    return step;
}

/// A pass that only keeps keys and values.
StepPlan withoutQuestions() {
    return {};
}

/// How many of the steps so far the next one compares its distributions with.
uint32_t stepsLookedAt(const Trace& trace, const StepPlan& step) {
    return step.comparing ? std::min(trace.header().settings.klHistory, trace.steps() - step.comparing->since) : 0;
}

}  // namespace

bool repeatsText(const ModelConfig& config, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    const bool isSamePass = config.visibility == Visibility::Full && settings.cache == CacheKind::None && settings.cfgScale == 0.0;
    return isSamePass && trace.steps() > 0 && trace.record(trace.steps()).events.empty();
}

PassRunner::PassRunner(Denoiser& model) : model_(model), owner_(nextOwner()) {}

Comparison PassRunner::comparisonAt(uint32_t frame, const StepPlan& step) {
    if (!step.comparing) {
        return Comparison::None;
    }
    return drift_.continuesAt(frame, step.comparing->begin) ? Comparison::Continue : Comparison::Begin;
}

/// One pass over the canvas of `frame`, which is as it was before step `frame` + 1.
Result<ForwardResult> PassRunner::pass(const Trace& trace, uint32_t frame, const StepPlan& step, const PassRecord& pass,
                                       const std::stop_token& stop) {
    const Canvas& canvas = trace.canvas(frame);
    const DecodeSettings& settings = trace.header().settings;
    const std::vector<TokenId> forbidden = forbiddenIds(model_.config(), settings, step);
    const std::vector<TokenId> unconditional = settings.cfgScale > 0.0 ? withoutGiven(canvas) : std::vector<TokenId>();
    const Comparison comparison = comparisonAt(frame, step);
    ForwardRequest request{.tokens = canvas.text(),
                           .openSlots = step.slots,
                           .candidates = kRecordedCandidates,
                           .noise = {.temperature = step.isGreedy ? 0.0F : settings.temperature, .seed = settings.seed, .step = frame + 1},
                           .filter = step.filter,
                           .forbidden = forbidden,
                           .unconditional = unconditional,
                           .cfgScale = static_cast<float>(settings.cfgScale),
                           .confidenceWithout = step.confidenceWithout,
                           .comparison = comparison,
                           .comparedBegin = step.comparing ? step.comparing->begin : 0,
                           .comparedEnd = step.comparing ? step.comparing->end : 0,
                           .comparedBy = owner_,
                           .shadow = step.confirms ? ShadowRows{.rows = step.end - step.begin, .begin = step.begin} : ShadowRows{},
                           .repeatsText = frame == trace.steps() && repeatsText(model_.config(), trace),
                           .blockOffset = settings.blockOffset,
                           .blockLength = settings.blockAnchor == BlockAnchor::Text ? settings.blockLength : 0};
    if (settings.cache != CacheKind::None) {
        request.cached = CachedRows{.begin = pass.first, .end = pass.end(), .owner = owner_};
    }
    Result<ForwardResult> result = model_.forward(request, stop);
    if (!result) {
        return result;
    }
    ENGINE_ASSERT(result->beliefs.size() == step.slots.size());
    if (Result<void> checked = checkBeliefs(result->beliefs); !checked) {
        return checked.error();
    }
    if (comparison != Comparison::None) {
        drift_.add(frame, step.slots, result->drift);
    }
    return result;
}

Result<void> PassRunner::catchUp(const Trace& trace, const PassPlan& next, const std::stop_token& stop) {
    if (next.passes.empty()) {
        return {};
    }
    const bool isHeld = trace.header().settings.cache == CacheKind::None || model_.holdsCacheOf(owner_);
    const bool isCompared =
        !next.step.comparing || (drift_.continuesAt(trace.steps(), next.step.comparing->begin) && model_.holdsComparisonOf(owner_));
    const uint32_t lookedAt = isCompared && isHeld ? 0 : stepsLookedAt(trace, next.step);
    if (isHeld && lookedAt == 0) {
        if (!isCompared) {
            drift_.begin(next.step.comparing->begin);
        }
        return {};
    }
    if (next.step.comparing) {
        drift_.begin(next.step.comparing->begin);
    }
    for (const RepeatedPass& again : passesToRepeat(model_.config(), trace, next.passes, lookedAt)) {
        const StepPlan step = again.isLookedAt ? stepAt(trace, again.frame, next.step) : withoutQuestions();
        if (Result<ForwardResult> repeated = pass(trace, again.frame, step, again.pass, stop); !repeated) {
            return repeated.error();
        }
    }
    return {};
}

Result<ForwardResult> PassRunner::run(const Trace& trace, const PassPlan& next, const std::stop_token& stop) {
    if (next.passes.empty()) {
        return ForwardResult{};
    }
    if (trace.header().settings.cache != CacheKind::None) {
        for (size_t index = 0; index + 1 < next.passes.size(); ++index) {
            if (Result<ForwardResult> kept = pass(trace, trace.steps(), withoutQuestions(), next.passes[index], stop); !kept) {
                return kept;
            }
        }
    }
    return pass(trace, trace.steps(), next.step, next.passes.back(), stop);
}

}  // namespace crystallite
