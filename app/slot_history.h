#pragma once

#include "engine/trace/trace.h"

#include <vector>

namespace crystallite {

/// What a step believed about a slot; a step that did not ask about it has none.
struct SlotMoment {
    uint32_t step = 0;
    float entropy = 0.0F;         ///< nats
    float topProbability = 0.0F;  ///< of the best guess
    friend bool operator==(const SlotMoment&, const SlotMoment&) = default;
};

/// Something that changed about a slot.
struct SlotChange {
    enum class Kind : uint8_t { Guess, Commit, Remask, Edit, Insert, Delete, Pin, Unpin, Prefer };
    uint32_t step = 0;
    Kind kind = Kind::Guess;
    TokenId token = 0;         ///< the new best guess, what was written or withdrawn; the mask of a slot that came or went
    float probability = 0.0F;  ///< of a guess its own; of an event as in SlotEvent
    bool byHand = false;       ///< a person did it
    /// Bitwise: a word that a person typed has no probability, and equals itself.
    friend bool operator==(const SlotChange& a, const SlotChange& b);
};

/// The life of one slot over all recorded steps, wherever it stood.
struct SlotHistory {
    std::vector<SlotMoment> moments;  ///< rising step
    std::vector<SlotChange> changes;  ///< rising step; in a step first the guess, then the events in their order
    friend bool operator==(const SlotHistory&, const SlotHistory&) = default;
};

/// Of the slot that stands at `position` at `frame`.
[[nodiscard]] SlotHistory historyOf(const Trace& trace, uint32_t position, uint32_t frame);

}  // namespace crystallite
