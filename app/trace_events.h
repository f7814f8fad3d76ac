#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <set>

namespace crystallite {

/// A frame worth stopping at: a person made it, a token was committed or changed in it, or the best guess of a slot that stays masked
/// became another.
[[nodiscard]] bool isEventFrame(const Trace& trace, uint32_t frame);

/// The next such frame after, or the last one before `frame`; the end of the run when there is none.
[[nodiscard]] uint32_t nextEventFrame(const Trace& trace, uint32_t frame);
[[nodiscard]] uint32_t previousEventFrame(const Trace& trace, uint32_t frame);

/// The first step, or a step that works on another block than the one before it.
[[nodiscard]] bool startsBlock(const Trace& trace, uint32_t frame);
/// First frame of the next block, or of this one and then the one before it.
[[nodiscard]] uint32_t nextBlockFrame(const Trace& trace, uint32_t frame);
[[nodiscard]] uint32_t previousBlockFrame(const Trace& trace, uint32_t frame);

/// What happened to the slot with this key, wherever it stood, in the step that led to `frame`; nothing in most steps. Several changes of
/// one step count as the last.
[[nodiscard]] std::optional<EventKind> changeOf(const Trace& trace, uint32_t key, uint32_t frame);
/// Whether that step believed in another likeliest candidate of the slot than the step before it.
[[nodiscard]] bool guessFlips(const Trace& trace, uint32_t key, uint32_t frame);

/// The first of the slots with these keys that changed, or whose likeliest candidate did, in the step that led to `frame`.
[[nodiscard]] std::optional<uint32_t> breakAt(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame);
struct Break {
    uint32_t frame = 0;
    uint32_t key = 0;
};
/// The first such frame after, or the last one before `frame`.
[[nodiscard]] std::optional<Break> nextBreak(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame);
[[nodiscard]] std::optional<Break> previousBreak(const Trace& trace, const std::set<uint32_t>& keys, uint32_t frame);

}  // namespace crystallite
