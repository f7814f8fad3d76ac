#include "engine/trace/record_check.h"

#include <algorithm>
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

std::vector<uint32_t> tokensOfAnswer(const StepRecord& record, const Canvas& before) {
    std::vector<uint32_t> slots;
    for (uint32_t slot = record.eligibleBegin; slot < record.eligibleEnd; ++slot) {
        if (before.region(slot) == SlotRegion::Answer && !before.isMasked(slot)) {
            slots.push_back(slot);
        }
    }
    return slots;
}

std::string contradictionOfPasses(const StepRecord& record, const Canvas& before) {
    if (record.lacksPasses()) {
        return {};
    }
    uint64_t rows = 0;
    uint32_t evaluations = 0;
    for (const PassRecord& pass : record.passes) {
        if (pass.rows == 0 || uint64_t{pass.first} + pass.rows > before.textLength()) {
            return "its pass over " + std::to_string(pass.rows) + " rows from " + std::to_string(pass.first) +
                   " on is outside the text of " + std::to_string(before.textLength());
        }
        rows += pass.rows;
        evaluations += pass.isEvaluation() ? 1 : 0;
    }
    if (evaluations != record.forwardPasses || rows > record.rowsComputed) {
        return "it counts " + std::to_string(record.forwardPasses) + " forward passes and " + std::to_string(record.rowsComputed) +
               " rows, but lists " + std::to_string(evaluations) + " and " + std::to_string(rows);
    }
    return {};
}

std::string contradictionOfBeliefs(const StepRecord& record, const Canvas& before, uint32_t vocabulary) {
    std::vector<uint32_t> asked = before.maskedSlots();
    if (record.maskedBefore != asked.size()) {
        return "it says that " + std::to_string(record.maskedBefore) + " slots were masked, but " + std::to_string(asked.size()) + " were";
    }
    const auto isAnswered = [&record](uint32_t slot) { return record.findBelief(slot) != nullptr; };
    if (!std::all_of(asked.begin(), asked.end(), isAnswered)) {
        std::erase_if(asked, [&record](uint32_t slot) { return slot < record.eligibleBegin || slot >= record.eligibleEnd; });
    }
    const std::vector<uint32_t> exchangeable = tokensOfAnswer(record, before);
    if (!exchangeable.empty() && record.beliefs.size() == asked.size() + exchangeable.size()) {
        asked.insert(asked.end(), exchangeable.begin(), exchangeable.end());
        std::sort(asked.begin(), asked.end());
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

/// What the model was not asked it did not answer, and only a person pins, unpins or prefers.
std::string contradictionOfHand(const StepRecord& record) {
    if (!record.byHand) {
        const bool isWish =
            std::any_of(record.events.begin(), record.events.end(), [](const SlotEvent& event) { return leavesText(event.kind); });
        return isWish ? "it pins, unpins or prefers a slot, but is not a step by hand" : std::string();
    }
    const bool asked = record.forwardPasses > 0 || record.rowsComputed > 0 || !record.passes.empty() || !record.beliefs.empty() ||
                       record.eligibleBegin != record.eligibleEnd;
    if (asked || record.events.empty()) {
        return asked ? "it is a step by hand, but asked the model" : "it is a step by hand, but changes nothing";
    }
    return {};
}

std::string contradictionOfEvents(const StepRecord& record, const Canvas& before, uint32_t vocabulary) {
    Canvas canvas = before;
    for (const SlotEvent& event : record.events) {
        if (event.position >= canvas.size()) {
            return slotText(event.position) + " is outside the canvas of " + std::to_string(canvas.size());
        }
        const bool isKnown = isProbability(event.probability) || (record.byHand && std::isnan(event.probability));
        const bool fits = event.after < vocabulary && isKnown && canvas.admits(event);
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
    for (const std::string& contradiction :
         {contradictionOfHand(record), contradictionOfPasses(record, before), contradictionOfBeliefs(record, before, vocabulary)}) {
        if (!contradiction.empty()) {
            return contradiction;
        }
    }
    return contradictionOfEvents(record, before, vocabulary);
}

}  // namespace crystallite
