#include "engine/diffusion/pass_runner.h"

#include "engine/base/assert.h"
#include "engine/diffusion/pass_request.h"

#include <algorithm>
#include <atomic>

namespace crystallite {
namespace {

uint64_t nextOwner() {
    static std::atomic<uint64_t> last = 0;
    return ++last;
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
    const std::vector<TokenId> forbidden = forbiddenIds(model_.config(), settings, step.suppressed);
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
                           .blockLength = seenBlockLength(settings)};
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
