#include "engine/diffusion/samplers/dream.h"

#include "engine/base/rng.h"
#include "engine/diffusion/samplers/unmasking.h"

#include <cmath>
#include <limits>

namespace crystallite {

float dreamTime(uint32_t index, uint32_t steps, double eps) {
    const auto last = static_cast<float>(eps);
    const float stride = (last - 1.0F) / static_cast<float>(steps);
    return index < (steps + 1) / 2 ? 1.0F + stride * static_cast<float>(index) : last - stride * static_cast<float>(steps - index);
}

StepPlan DreamPolicy::plan(const Trace& trace) const {
    StepPlan plan = planOver(trace, 0, trace.promptLength(), trace.canvas(trace.steps()).textLength());
    plan.filter = TokenFilter{.topP = settings().topP, .topK = settings().topK};
    return plan;
}

std::vector<SlotEvent> DreamPolicy::decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const {
    const uint32_t step = trace.steps();
    const uint32_t index = trace.modelSteps();
    const bool isLast = index + 1 == settings().steps;
    // What a hand opens behind the last step goes one by one, the first in its order.
    const bool isBehindLast = index >= settings().steps;
    const float share =
        isBehindLast ? 0.0F
                     : 1.0F - dreamTime(index + 1, settings().steps, settings().eps) / dreamTime(index, settings().steps, settings().eps);
    if (settings().order == UnmaskOrder::Origin) {
        std::vector<uint32_t> chosen;
        for (uint32_t place = 0; place < forecast.beliefs.size(); ++place) {
            SlotBelief& belief = forecast.beliefs[place];
            const double draw = orderDraw(settings().seed, step + 1, belief.position);
            belief.score = static_cast<float>(-draw);
            if (isLast || draw < static_cast<double>(share)) {
                chosen.push_back(place);
            }
        }
        return commitsOf(trace, forecast.beliefs, isBehindLast ? chooseSlots(forecast.beliefs, 1) : chosen);
    }
    rank(plan, forecast, settings().order, step + 1);
    // A draw without replacement with weights softmax(score / alg_temp) takes the largest of score / alg_temp plus Gumbel noise (Kool et
    // al., arXiv 1903.06059).
    if (settings().algTemp > 0.0) {
        for (SlotBelief& belief : forecast.beliefs) {
            const double noise = -std::log(-std::log(orderDraw(settings().seed, step + 1, belief.position)));
            belief.score = static_cast<float>(static_cast<double>(belief.score) / settings().algTemp + noise);
        }
    }
    const auto open = static_cast<uint32_t>(forecast.beliefs.size());
    const uint32_t commits = isBehindLast ? 1 : isLast ? open : static_cast<uint32_t>(static_cast<float>(open) * share);
    return commitsOf(trace, forecast.beliefs, chooseSlots(forecast.beliefs, commits));
}

}  // namespace crystallite
