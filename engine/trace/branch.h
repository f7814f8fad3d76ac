#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <vector>

namespace crystallite {

/// A run of its own that begins as `parent` did: its initial canvas, its steps 1..frame with all that they believed, and room for
/// `extraRoom` slots more that may be inserted by hand. It has a new id, `parent` and `frame` as its origin, the bookmarks up to `frame`,
/// and the status Stopped. Everything else follows from the arguments alone, so that undoing a change means branching again and applying
/// the changes that are left. InvalidArgument: a frame that the parent does not have; room on a board, or where slots have fixed places.
Result<Trace> branchOf(const Trace& parent, uint32_t frame, uint32_t extraRoom = 0);

/// Appends a step by hand that changes `events` in this order, all or none of them. Positions are those at the moment of each event; the
/// trace must know the pieces of the tokens (Trace::addPieces) to show them. InvalidArgument with the reason as a sentence: nothing to
/// change, a slot outside the text, a slot of the prompt or of a given cell (another prompt is another run), a pinned slot that is not
/// unpinned first, an event that does not fit what the slot holds, a token outside the vocabulary or the mask, no room for an insertion,
/// insertions and deletions on a board, in blocks or beside kept keys and values, and in a run that is written from left to right
/// everything but the next slot.
Result<void> appendByHand(Trace& trace, std::vector<SlotEvent> events);

/// Positions of the masked slots that were preferred by hand and not filled since, in the order of the wishes.
std::vector<uint32_t> preferredSlots(const Trace& trace);

/// Why this run, whatever the slot, takes no inserted or deleted ones, as a sentence; empty when it does.
std::string whyLengthIsFixed(const Trace& trace);

}  // namespace crystallite
