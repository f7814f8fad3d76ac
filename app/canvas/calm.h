#pragma once

#include "app/canvas/canvas_motion.h"
#include "app/canvas/cell_style.h"

#include <cstdint>
#include <optional>

namespace crystallite {

// Fast playback must not flash (WCAG 2.3.1: at most three pairs of opposing changes of luminance a second). What a slot shows at a pace is
// a function of the trace, the frame and the pace alone. flash_check.h measures the result.

inline constexpr uint32_t kMostEvents = 2;  ///< commits, remasks and edits of one slot within a second that are still shown in full

/// Where the slot that stands at `position` in `frame` stood in `then`: insertions and deletions move slots. Nothing: it was not there.
[[nodiscard]] std::optional<uint32_t> positionThen(const Trace& trace, uint32_t frame, uint32_t position, uint32_t then);

/// Draws slots of one trace at one pace. Borrows everything for its own life.
class Calm {
public:
    Calm(const Trace& trace, const CellPalette& palette, const VisualSettings& settings, const Pace& pace)
        : trace_(trace), palette_(palette), settings_(settings), pace_(pace) {}

    /// Replaces the lightness of the facet at `frame` by the mean over the last third of a second (Pace::smoothedFrames), or
    /// over the part of it in which the slot was there. Of a slot that
    /// keeps changing also the outline, and it does not snap.
    void apply(CellInstance& cell, uint32_t frame, uint32_t position, float fontPixels) const;

    /// Whether more than kMostEvents events hit the slot in the second that ends at `frame`.
    [[nodiscard]] bool flickers(uint32_t frame, uint32_t position) const;
    /// Opacity of the token of such a slot: letters that come and go several times a second must not flash, and cannot be averaged with
    /// what stands there between. Black letters that cover 30 % of a facet of luminance 0.85 change it by 0.08, white ones on a dark facet
    /// by less.
    static constexpr float kFlickerOpacity = 0.16F;

private:
    [[nodiscard]] uint32_t framesUpTo(uint32_t frame) const;
    [[nodiscard]] bool restsSince(uint32_t frame, uint32_t position, uint32_t frames) const;

    const Trace& trace_;
    const CellPalette& palette_;
    const VisualSettings& settings_;
    const Pace& pace_;
};

}  // namespace crystallite
