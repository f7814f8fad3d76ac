#pragma once

#include "engine/trace/trace.h"

#include <QString>

namespace crystallite {

/// The mark of a slot without a token in running text.
inline constexpr char kMaskText[] = "\xE2\x96\xA1";  // U+25A1

/// A token as one line for tables, tool tips and screen readers.
QString tokenLabel(const Trace& trace, TokenId id);

/// The whole text of a frame, prompt included, masked slots as kMaskText.
QString readingText(const Trace& trace, uint32_t frame);

/// "Step 12 of 32. 8 committed, 24 masked." for eyes, ears and tests; totals count planned steps while a run lasts.
QString frameSentence(const Trace& trace, uint32_t frame);

/// Steps that the run will have when it is not stopped, or has.
uint32_t plannedSteps(const Trace& trace);

/// Mean wall time of the finished steps that the sampler made, in milliseconds; 0 when there are none.
double meanMilliseconds(const Trace& trace);

}  // namespace crystallite
