#pragma once

#include "app/canvas/slot_folds.h"
#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>

namespace crystallite {

/// "Canvas, step 12 of 32, 24 masked". While steps are still arriving the total is the one that was asked for.
[[nodiscard]] QString canvasName(const Trace& trace, uint32_t frame);
/// "Position 17", or "Row 2, column 8" of a board. Both count from 1.
[[nodiscard]] QString placeName(const Trace& trace, uint32_t position);
/// "Position 17, masked, best guess cat 41 percent", "Position 12, token cat, committed at step 7 at 93 percent". Positions count from 1.
[[nodiscard]] QString slotName(const Trace& trace, uint32_t frame, uint32_t position);
/// What the pointer shows: token and probability, one line each for the candidates of an open slot.
[[nodiscard]] QString slotToolTip(const Trace& trace, uint32_t frame, uint32_t position);
/// What the pointer shows of a folded run: "Positions 42 to 128: 80 end-of-text, 7 masked".
[[nodiscard]] QString foldToolTip(const Trace& trace, uint32_t frame, SlotRange fold);
/// What the pointer shows of the thermometer: "24 of 64 slots of the answer are masked".
[[nodiscard]] QString maskedToolTip(const Trace& trace, uint32_t frame);

}  // namespace crystallite
