#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"

namespace crystallite {

Result<Trace> branchOf(const Trace& parent, uint32_t frame, uint32_t extraRoom = 0);
Result<void> appendByHand(Trace& trace, std::vector<SlotEvent> events);

}  // namespace crystallite
