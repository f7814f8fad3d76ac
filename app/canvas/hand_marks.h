#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

/// Whether a person made this step: it asked the model nothing.
[[nodiscard]] bool isByHand(const Trace& trace, uint32_t step);

/// Whether such an event changes how a slot is treated and not what it holds.
[[nodiscard]] bool isMarkByHand(EventKind kind);

/// The event by hand that made the slot what it is at `frame`; nothing where a step of the sampler did, or the start of the run.
[[nodiscard]] std::optional<Trace::DatedEvent> handEvent(const Trace& trace, uint32_t frame, uint32_t position);

/// The commit or edit that wrote what the slot holds at `frame`, by whomever; nothing where it was given.
[[nodiscard]] std::optional<Trace::DatedEvent> writingEvent(const Trace& trace, uint32_t frame, uint32_t position);

/// The open slots that a person wants to be committed next, in the order in which that was asked.
[[nodiscard]] std::vector<uint32_t> preferredSlots(const Trace& trace, uint32_t frame);
/// Place of the slot among them, 1 first; 0: it is not one of them.
[[nodiscard]] uint32_t queueNumber(const Trace& trace, uint32_t frame, uint32_t position);

}  // namespace crystallite
