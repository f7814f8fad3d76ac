#pragma once

#include "engine/trace/trace.h"

#include <QString>

namespace crystallite {

/// A line for every slot of the frame: where it stands, what it holds since when, and what the frame's step believed about it; columns stay
/// empty where there is nothing. Tab separated with a header line, full precision, positions from 1.
[[nodiscard]] QString frameAsTsv(const Trace& trace, uint32_t frame);

/// A line for every finished step: block, masked slots, changes by kind, mean entropy in nats, time in milliseconds, passes and rows.
[[nodiscard]] QString curvesAsTsv(const Trace& trace);

}  // namespace crystallite
