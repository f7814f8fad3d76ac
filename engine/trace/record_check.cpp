#include "engine/trace/record_check.h"

#include <cmath>
#include <vector>

namespace crystallite {

namespace {

std::string slotText(uint32_t position) {
    return "slot " + std::to_string(position);
}

bool isProbability(float value) {
    // exp(logit - logSumExp) of a certain token may round above 1.
    constexpr float kMost = 1.0F + 1e-3F;
    return value >= 0.0F && value <= kMost;
}

bool numbersMakeSense(const SlotBelief& belief, uint32_t vocabulary) {
    bool sound = belief.sampledId < vocabulary && isProbability(belief.sampledProbability) && std::isfinite(belief.logSumExp) &&
                 std::isfinite(belief.entropy) && std::isfinite(belief.margin) && !std::isinf(belief.score);
    for (const Candidate& candidate : belief.candidates) {
        sound = sound && candidate.id < vocabulary && isProbability(candidate.probability);
    }
    return sound;
}

std::string contradictionOfBeliefs(const StepRecord& record, const Canvas& before, uint32_t vocabulary) {
    std::vector<uint32_t> asked = before.maskedSlots();
    if (record.maskedBefore != asked.size()) {
        return "it says that " + std::to_string(record.maskedBefore) + " slots were masked, but " + std::to_string(asked.size()) + " were";
    }
    if (record.beliefs.size() < asked.size()) {
        std::erase_if(asked, [&record](uint32_t slot) { return slot < record.eligibleBegin || slot >= record.eligibleEnd; });
    }
    if (record.beliefs.size() != asked.size()) {
        return "it has " + std::to_string(record.beliefs.size()) + " beliefs for " + std::to_string(asked.size()) + " masked slots";
    }
    for (size_t index = 0; index < asked.size(); ++index) {
        const SlotBelief& belief = record.beliefs[index];
        if (belief.position != asked[index]) {
            return "it has a belief for " + slotText(belief.position) + " where one for " + slotText(asked[index]) + " belongs";
        }
        if (!numbersMakeSense(belief, vocabulary)) {
            return "the belief for " + slotText(belief.position) + " has an impossible id or probability";
        }
    }
    return {};
}

std::string contradictionOfEvents(const StepRecord& record, const Canvas& before, uint32_t vocabulary) {
    Canvas canvas = before;
    for (const SlotEvent& event : record.events) {
        if (event.position >= canvas.size()) {
            return slotText(event.position) + " is outside the canvas of " + std::to_string(canvas.size());
        }
        const bool fits = event.after < vocabulary && isProbability(event.probability) && canvas.admits(event);
        if (!fits) {
            return "the change of " + slotText(event.position) + " does not fit what the slot held";
        }
        canvas.apply(event);
    }
    if (canvas.maskedCount() != record.maskedAfter) {
        return "it says that " + std::to_string(record.maskedAfter) + " slots stay masked, but its changes leave " +
               std::to_string(canvas.maskedCount());
    }
    return {};
}

}  // namespace

std::string findContradiction(const StepRecord& record, const Canvas& before, uint32_t vocabulary) {
    if (record.eligibleBegin > record.eligibleEnd || record.eligibleEnd > before.size()) {
        return "its eligible slots " + std::to_string(record.eligibleBegin) + " to " + std::to_string(record.eligibleEnd) +
               " are outside the canvas of " + std::to_string(before.size());
    }
    if (!std::isfinite(record.milliseconds) || record.milliseconds < 0.0) {
        return "its time is impossible";
    }
    std::string contradiction = contradictionOfBeliefs(record, before, vocabulary);
    return contradiction.empty() ? contradictionOfEvents(record, before, vocabulary) : contradiction;
}

}  // namespace crystallite
