#pragma once

#include "app/stop_condition.h"

#include <QString>

namespace crystallite {

/// "Position 17", or what a board calls it: where the slot with this key stands at `frame`, or stood in the step before.
[[nodiscard]] QString placeOf(const Trace& trace, uint32_t key, uint32_t frame);

/// What happened at `frame` to the slot with this key: "Position 17 was committed at step 12."
[[nodiscard]] QString breakText(const Trace& trace, uint32_t key, uint32_t frame);

/// The condition as a clause, of the canvas at `frame`: "the masked share is below 20 %".
[[nodiscard]] QString conditionText(const StopCondition& condition, const Trace& trace, uint32_t frame);

}  // namespace crystallite
