#include "engine/trace/step_record.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <bit>

namespace crystallite {

namespace {

bool sameBits(float a, float b) {
    return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
}

bool sameCandidate(const Candidate& a, const Candidate& b) {
    return a.id == b.id && sameBits(a.probability, b.probability);
}

bool sameEvent(const SlotEvent& a, const SlotEvent& b) {
    return a.kind == b.kind && a.position == b.position && a.before == b.before && a.after == b.after &&
           sameBits(a.probability, b.probability);
}

}  // namespace

std::string_view nameOf(EventKind kind) {
    switch (kind) {
        case EventKind::Commit: return "commit";
        case EventKind::Remask: return "remask";
        case EventKind::Edit: return "edit";
        case EventKind::Insert: return "insert";
        case EventKind::Delete: return "delete";
        case EventKind::Pin: return "pin";
        case EventKind::Unpin: return "unpin";
        case EventKind::Prefer: return "prefer";
    }
    ENGINE_ASSERT(false);
}

bool leavesText(EventKind kind) {
    return kind == EventKind::Pin || kind == EventKind::Unpin || kind == EventKind::Prefer;
}

std::string_view nameOf(PassKind kind) {
    switch (kind) {
        case PassKind::Denoise: return "denoise";
        case PassKind::Refresh: return "refresh";
        case PassKind::Prefill: return "prefill";
        case PassKind::Commit: return "commit";
    }
    ENGINE_ASSERT(false);
}

bool operator==(const SlotBelief& a, const SlotBelief& b) {
    return a.position == b.position && a.sampledId == b.sampledId && sameBits(a.logSumExp, b.logSumExp) && sameBits(a.entropy, b.entropy) &&
           sameBits(a.margin, b.margin) && sameBits(a.sampledProbability, b.sampledProbability) && sameBits(a.score, b.score) &&
           std::equal(a.candidates.begin(), a.candidates.end(), b.candidates.begin(), b.candidates.end(), sameCandidate);
}

const SlotBelief* StepRecord::findBelief(uint32_t position) const {
    const auto found = std::lower_bound(beliefs.begin(), beliefs.end(), position,
                                        [](const SlotBelief& belief, uint32_t wanted) { return belief.position < wanted; });
    return found != beliefs.end() && found->position == position ? &*found : nullptr;
}

bool sameDecision(const StepRecord& a, const StepRecord& b) {
    return a.number == b.number && a.byHand == b.byHand && a.block == b.block && a.eligibleBegin == b.eligibleBegin &&
           a.eligibleEnd == b.eligibleEnd && a.forwardPasses == b.forwardPasses && a.rowsComputed == b.rowsComputed &&
           a.maskedBefore == b.maskedBefore && a.maskedAfter == b.maskedAfter &&
           (a.lacksPasses() || b.lacksPasses() || a.passes == b.passes) && a.beliefs == b.beliefs &&
           std::equal(a.events.begin(), a.events.end(), b.events.begin(), b.events.end(), sameEvent);
}

double meanEntropy(const StepRecord& record) {
    if (record.beliefs.empty()) {
        return 0.0;
    }
    double sum = 0.0;
    for (const SlotBelief& belief : record.beliefs) {
        sum += static_cast<double>(belief.entropy);
    }
    return sum / static_cast<double>(record.beliefs.size());
}

}  // namespace crystallite
