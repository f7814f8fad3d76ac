#pragma once

#include "engine/model/model.h"
#include "engine/trace/trace.h"

#include <string_view>

namespace crystallite {

/// The whole run; a failure on the way is the test's, with the trace up to there.
Trace finishedRun(Model& model, std::string_view prompt, const DecodeSettings& settings);

}  // namespace crystallite
