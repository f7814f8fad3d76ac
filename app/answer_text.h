#pragma once

#include "engine/trace/trace.h"

#include <QString>

namespace crystallite {

/// "Answer ended at 41 of 128", from what the canvas holds at the frame; of a run whose last slot was filled without an end of text, that
/// and what to do. Empty: nothing can be said yet, or the canvas is a board or empty.
[[nodiscard]] QString answerEndText(const Trace& trace, uint32_t frame);

}  // namespace crystallite
