#include "app/canvas/calm.h"

#include <glm/common.hpp>

#include <algorithm>

namespace crystallite {

std::optional<uint32_t> positionThen(const Trace& trace, uint32_t frame, uint32_t position, uint32_t then) {
    return trace.canvas(then).positionOf(trace.canvas(frame).key(position));
}

uint32_t Calm::framesUpTo(uint32_t frame) const {
    return std::min(pace_.smoothedFrames(), frame + 1);
}

bool Calm::restsSince(uint32_t frame, uint32_t position, uint32_t frames) const {
    const auto last = trace_.lastChange(position, frame);
    const bool unchanged = !last || last->step + frames <= frame;
    return unchanged && !trace_.canvas(frame).isMasked(position) && trace_.belief(std::max(frame, 1U), position, frame) == nullptr;
}

void Calm::apply(CellInstance& cell, uint32_t frame, uint32_t position, float fontPixels) const {
    const uint32_t frames = framesUpTo(frame);
    if (frames < 2 || restsSince(frame, position, frames)) {
        return;
    }
    const Colour& ground = palette_.theme().window;
    Colour fill{0.0F};
    Colour outline{0.0F};
    float relief = 0.0F;
    float gloss = 0.0F;
    float width = 0.0F;
    uint32_t met = 0;
    for (uint32_t back = 0; back < frames; ++back) {
        const std::optional<uint32_t> place = positionThen(trace_, frame, position, frame - back);
        if (!place) {
            break;  // before it was inserted
        }
        ++met;
        const CellInstance then = cellOf(visualAt(trace_, frame - back, *place, settings_), cell.rect, fontPixels, palette_);
        const Colour below = glm::mix(ground, then.fill, then.fillOpacity);
        fill += below;
        outline += glm::mix(below, then.outline, then.outlineOpacity);
        relief += then.relief;
        gloss += then.gloss;
        width += then.outlineWidth;
    }
    const auto count = static_cast<float>(met);
    cell.fill = cell.previousFill = fill / count;
    cell.fillOpacity = 1.0F;
    cell.relief = relief / count;
    cell.gloss = gloss / count;
    if (flickers(frame, position)) {
        cell.outline = outline / count;
        cell.outlineOpacity = 1.0F;
        cell.outlineWidth = width / count;
        cell.snap = 0.0F;
    }
}

bool Calm::flickers(uint32_t frame, uint32_t position) const {
    if (!pace_.isFast()) {
        return false;
    }
    const uint32_t second = pace_.framesPerSecond();
    uint32_t events = 0;
    for (const Trace::DatedEvent& dated : trace_.history(position, frame)) {
        events += dated.step <= frame && dated.step + second > frame ? 1U : 0U;
    }
    return events > kMostEvents;
}

}  // namespace crystallite
