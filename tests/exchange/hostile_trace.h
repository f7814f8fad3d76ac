#pragma once

#include "engine/trace/trace.h"

namespace crystallite {

/// A run whose tokens are what a page, a table and JSON have to be afraid of: markup, quotation marks, formulas, bytes that are no text.
Trace hostileTrace();

/// A text that grows and shrinks, with a remask and an edit, between given slots.
Trace changingTrace();

}  // namespace crystallite
