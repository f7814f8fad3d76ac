#include "engine/diffusion/probe_values.h"

#include "engine/base/assert.h"
#include "engine/diffusion/samplers/policy.h"

#include <algorithm>

namespace crystallite {

ProbedFrame probedFrame(const Trace& trace, uint32_t frame) {
    return {.header = trace.header(), .canvas = trace.canvas(frame), .frame = frame, .insertions = insertionsUpTo(trace, frame)};
}

ProbeObstacle obstacleTo(ProbeKind kind, const Canvas& canvas, const DecodeSettings& settings, uint32_t position) {
    if (position >= canvas.size()) {
        return ProbeObstacle::NoSuchSlot;
    }
    if (position >= canvas.textLength()) {
        return ProbeObstacle::BehindText;
    }
    if (kind == ProbeKind::LeaveOneOut && canvas.isMasked(position)) {
        return ProbeObstacle::IsOpen;
    }
    const bool isEdited = settings.policy == DecodePolicy::Llada21 && canvas.region(position) == SlotRegion::Answer;
    if (kind == ProbeKind::Candidates && !canvas.isMasked(position) && !isEdited) {
        return ProbeObstacle::HoldsToken;
    }
    return ProbeObstacle::None;
}

uint32_t passesOf(ProbeKind kind, const DecodeSettings& settings) {
    return kind != ProbeKind::Attention && settings.cfgScale > 0.0 ? 2 : 1;
}

std::vector<float> SlotAttention::mean(std::optional<uint32_t> layer, std::optional<uint32_t> head) const {
    ENGINE_ASSERT((!layer || *layer < layers) && (!head || *head < heads));
    std::vector<double> sums(slots, 0.0);
    uint32_t added = 0;
    for (uint32_t pair = 0; pair < layers * heads; ++pair) {
        if ((layer && pair / heads != *layer) || (head && pair % heads != *head)) {
            continue;
        }
        for (uint32_t slot = 0; slot < slots; ++slot) {
            sums[slot] += static_cast<double>(weights[size_t{pair} * slots + slot]);
        }
        ++added;
    }
    std::vector<float> means(slots);
    std::transform(sums.begin(), sums.end(), means.begin(), [added](double sum) { return static_cast<float>(sum / added); });
    return means;
}

}  // namespace crystallite
