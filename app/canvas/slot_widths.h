#pragma once

#include "app/canvas/token_display.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace crystallite {

/// Advance of a token as it is shown, in em. Type is drawn without hinting, so that widths scale with the size.
using AdvanceOf = std::function<float(TokenId)>;

/// How much room a slot asks for.
struct SlotWidth {
    float content = 0.0F;  ///< em, without padding
    bool wordGap = false;  ///< a space comes before the token
    bool endsRow = false;
    friend bool operator==(const SlotWidth&, const SlotWidth&) = default;
};

/// Widths of a finished run: each slot is as wide as the token that it ends with, so that slots never move between its frames.
[[nodiscard]] std::vector<SlotWidth> replayWidths(const Trace& trace, const AdvanceOf& advance);

/// Widths of a run before its first step: the prompt as it is, and room for an average word in every open slot.
[[nodiscard]] std::vector<SlotWidth> initialWidths(const Trace& trace, const AdvanceOf& advance);

/// The running maximum of `widths` and what step `step` committed or thought likeliest. Only ever grows, and no slot ever changes its
/// gap or its row break back, so that a live canvas moves as seldom as it can.
[[nodiscard]] std::vector<SlotWidth> grownWidths(std::vector<SlotWidth> widths, const Trace& trace, uint32_t step,
                                                 const AdvanceOf& advance);

}  // namespace crystallite
