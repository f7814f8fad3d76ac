#pragma once

#include "engine/trace/canvas.h"

namespace crystallite {

/// Share of the slots behind the prompt that are not given whose token is the same in both, 0..1; 1 where there is no such slot. A text
/// that grew or shrank has other slots; those behind the shorter one agree with nothing.
double agreement(const Canvas& ours, const Canvas& theirs);

}  // namespace crystallite
