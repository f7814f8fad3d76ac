#pragma once

#include "engine/trace/trace.h"

#include <functional>

namespace crystallite::testing {

/// `whole` told again with other records: a trace that lacks what `change` takes from each. Header and pieces stay.
[[nodiscard]] Trace changedTrace(const Trace& whole, const std::function<void(StepRecord&)>& change);
/// The same run, decided under other settings, for views that say what they were.
[[nodiscard]] Trace traceWith(const Trace& whole, const DecodeSettings& settings);

}  // namespace crystallite::testing
