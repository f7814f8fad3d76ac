#pragma once

#include "app/run_document.h"
#include "engine/base/result.h"
#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crystallite {

/// A token that may not be mentioned by the run yet.
struct TypedToken {
    TokenId id = 0;
    std::string bytes;
    bool special = false;
    friend bool operator==(const TypedToken&, const TypedToken&) = default;
};

/// What a person did to a frame in one go: the events of one step by hand, in their order.
struct HandChange {
    QString text;  ///< a phrase for Edit > Undo: "pin “cat” at position 12"
    std::vector<SlotEvent> events;
    std::vector<TypedToken> tokens;  ///< that the events write
    friend bool operator==(const HandChange&, const HandChange&) = default;
};

// What each of these does to the slots of `trace` at `frame`; where it cannot be done, one sentence that says why. Nothing is changed:
// app/branching.h does that. Positions are those of the frame.

/// Pins what the slots hold, or the likeliest candidate of those that are open; where all are pinned already, unpins them.
[[nodiscard]] Result<HandChange> togglePin(const Trace& trace, uint32_t frame, SlotSpan span);
/// Masks the tokens of the slots again, pinned ones too.
[[nodiscard]] Result<HandChange> remask(const Trace& trace, uint32_t frame, SlotSpan span);
/// Writes `tokens` into the slots from `position` on, and pins them.
[[nodiscard]] Result<HandChange> writeTokens(const Trace& trace, uint32_t frame, uint32_t position, const std::vector<TypedToken>& tokens);
/// Writes a token that the model offered, without pinning it.
[[nodiscard]] Result<HandChange> chooseCandidate(const Trace& trace, uint32_t frame, uint32_t position, const Candidate& candidate);
/// The open slots among these are committed next, before all others that the sampler would choose.
[[nodiscard]] Result<HandChange> preferSlots(const Trace& trace, uint32_t frame, SlotSpan span);
/// A masked slot appears; what stands at `position` and behind it moves right.
[[nodiscard]] Result<HandChange> insertSlot(const Trace& trace, uint32_t frame, uint32_t position);
/// The slots go; what stands behind them moves left.
[[nodiscard]] Result<HandChange> deleteSlots(const Trace& trace, uint32_t frame, SlotSpan span);

/// What the model was last asked about the slot before `frame`, with nothing but changes by hand since; nullptr: it was not.
[[nodiscard]] const SlotBelief* standingBelief(const Trace& trace, uint32_t frame, uint32_t position);
/// Slots [position, position + count) that words typed there would take, as far as they are free: behind the prompt and in the text.
[[nodiscard]] uint32_t roomFrom(const Trace& trace, uint32_t frame, uint32_t position);

}  // namespace crystallite
