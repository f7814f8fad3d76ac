#pragma once

#include "engine/trace/canvas.h"
#include "engine/trace/step_record.h"

#include <cstdint>
#include <string>

namespace crystallite {

/// Whether `record`, read from outside, can follow `before`: every position, id, count and probability. Returns what contradicts, as the
/// rest of a sentence ("slot 900 is outside the canvas"); empty when nothing does.
std::string findContradiction(const StepRecord& record, const Canvas& before, uint32_t vocabulary);

}  // namespace crystallite
