#pragma once

#include "engine/trace/trace.h"

#include <cstdint>

namespace crystallite {

/// A frame worth stopping at: a token was committed or changed in it, or the best guess of a slot that stays masked became another.
[[nodiscard]] bool isEventFrame(const Trace& trace, uint32_t frame);

/// The next such frame after, or the last one before `frame`; the end of the run when there is none.
[[nodiscard]] uint32_t nextEventFrame(const Trace& trace, uint32_t frame);
[[nodiscard]] uint32_t previousEventFrame(const Trace& trace, uint32_t frame);

/// First frame of the next block, or of this one and then the one before it.
[[nodiscard]] uint32_t nextBlockFrame(const Trace& trace, uint32_t frame);
[[nodiscard]] uint32_t previousBlockFrame(const Trace& trace, uint32_t frame);

}  // namespace crystallite
