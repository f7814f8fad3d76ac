#include "app/canvas/cell_visual.h"

#include "app/canvas/belief_shift.h"
#include "app/canvas/hand_marks.h"
#include "engine/base/assert.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

CellChange changeOf(EventKind kind) {
    switch (kind) {
        case EventKind::Commit: return CellChange::Committed;
        case EventKind::Remask: return CellChange::Remasked;
        case EventKind::Edit: return CellChange::Edited;
        case EventKind::Insert:
        case EventKind::Delete:
        case EventKind::Pin:
        case EventKind::Unpin:
        case EventKind::Prefer: break;
    }
    return CellChange::None;
}

bool isRevision(EventKind kind) {
    return kind == EventKind::Remask || kind == EventKind::Edit;
}

AgeClass ageClass(uint32_t steps) {
    if (steps <= kYoungSteps) {
        return AgeClass::Young;
    }
    return steps <= kSettledSteps ? AgeClass::Settled : AgeClass::Old;
}

void addHistory(CellVisual& visual, const Trace& trace, uint32_t frame, uint32_t position) {
    const auto last = trace.lastChange(position, frame);
    if (!last) {
        return;
    }
    visual.changedStep = last->step;
    visual.byHand = isByHand(trace, last->step);
    for (const Trace::DatedEvent& dated : trace.history(position, frame)) {
        visual.revisions += dated.step <= frame && isRevision(dated.event.kind) ? 1U : 0U;
        if (const CellChange change = changeOf(dated.event.kind); dated.step == frame && change != CellChange::None) {
            visual.change = change;
        }
    }
    if (visual.open()) {
        visual.queue = queueNumber(trace, frame, position);
        return;
    }
    if (const auto written = writingEvent(trace, frame, position)) {
        // A word that a person typed may have no probability.
        const bool isKnown = !std::isnan(written->event.probability);
        visual.probability = isKnown ? written->event.probability : 0.0F;
        visual.notch = isKnown ? notchClass(written->event.probability) : 0;
        visual.age = ageClass(frame - written->step);
    }
}

void addBelief(CellVisual& visual, const SlotBelief& belief, uint32_t vocabulary, const VisualSettings& settings) {
    const auto recorded = static_cast<uint32_t>(std::min<size_t>(belief.candidates.size(), kRecordedCandidates));
    visual.entropy = belief.entropy;
    visual.fill = fillOf(belief.entropy, vocabulary, settings);
    visual.margin = belief.margin;
    visual.blur = std::clamp(1.0F - belief.margin, 0.0F, 1.0F);
    visual.shards = shardCount(belief.entropy, recorded);
    visual.ghostCount = visual.shards;
    float mass = 0.0F;
    for (uint32_t rank = 0; rank < visual.shards; ++rank) {
        const Candidate& candidate = belief.candidates[rank];
        // The likeliest has its own rule, so that it can be read; the others are as faint as they are unlikely.
        visual.ghosts[rank] = {.id = candidate.id,
                               .probability = candidate.probability,
                               .opacity = rank == 0 ? ghostOpacity(candidate.probability) : candidate.probability};
        mass += candidate.probability;
    }
    visual.otherMass = std::clamp(1.0F - mass, 0.0F, 1.0F);
    if (visual.state == CellState::Masked && visual.ghosts[0].probability >= kLeastDrawnProbability) {
        visual.state = CellState::Guess;
    }
}

void addShift(CellVisual& visual, const Trace& trace, uint32_t frame, uint32_t position, const VisualSettings& settings) {
    const uint32_t earlier = settings.shifts && frame > 1 && !isByHand(trace, frame) ? trace.beliefStep(frame - 1) : 0;
    if (earlier == 0) {
        return;
    }
    const SlotBelief* before = trace.belief(earlier, position, frame);
    const SlotBelief* now = trace.belief(frame, position, frame);
    if (before != nullptr && now != nullptr && !before->candidates.empty()) {
        visual.shift = beliefShift(*before, *now);
    }
}

}  // namespace

float ghostOpacity(float probability) {
    return 0.15F + 0.70F * probability;
}

float greatestEntropy(uint32_t vocabulary, const VisualSettings& settings) {
    return settings.detailScale ? kDetailNats : std::log(static_cast<float>(std::max(vocabulary, 2U)));
}

float fillOf(float entropy, uint32_t vocabulary, const VisualSettings& settings) {
    return std::clamp(entropy / greatestEntropy(vocabulary, settings), 0.0F, 1.0F);
}

uint32_t notchClass(float probability) {
    return std::min(1U + static_cast<uint32_t>(std::max(probability, 0.0F) * 4.0F), 4U);
}

uint32_t shardCount(float entropy, uint32_t recorded) {
    const float words = std::round(std::exp(entropy));
    return words >= static_cast<float>(recorded) ? recorded : std::max(1U, static_cast<uint32_t>(words));
}

uint32_t answerSlots(const Canvas& canvas) {
    uint32_t count = 0;
    for (uint32_t position = 0; position < canvas.size(); ++position) {
        count += canvas.region(position) == SlotRegion::Answer ? 1U : 0U;
    }
    return count;
}

CellVisual visualAt(const Trace& trace, uint32_t frame, uint32_t position, const VisualSettings& settings) {
    const Canvas& canvas = trace.canvas(frame);
    ENGINE_ASSERT(position < canvas.size());
    CellVisual visual;
    visual.region = canvas.region(position);
    if (visual.region == SlotRegion::Room) {
        visual.state = CellState::Absent;
        return visual;
    }
    const bool open = canvas.isMasked(position);
    if (!open) {
        visual.state = CellState::Held;
        visual.end = trace.isEnd(canvas.token(position));
        visual.control = trace.isControl(canvas.token(position));
    }
    addHistory(visual, trace, frame, position);
    const uint32_t asked = trace.beliefStep(frame);
    if (open && asked > 0) {
        const SlotBelief* belief = trace.belief(asked, position, frame);
        visual.eligible = (belief == nullptr ? position : belief->position) < trace.record(asked).eligibleEnd;
        if (belief != nullptr && !belief->candidates.empty()) {
            addBelief(visual, *belief, trace.header().vocabulary, settings);
            addShift(visual, trace, frame, position, settings);
        }
    } else if (!open && visual.changedStep < asked) {
        if (const SlotBelief* belief = trace.belief(asked, position, frame); belief != nullptr && !belief->candidates.empty()) {
            addBelief(visual, *belief, trace.header().vocabulary, settings);
        }
    }
    return visual;
}

}  // namespace crystallite
