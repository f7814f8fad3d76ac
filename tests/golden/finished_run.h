#pragma once

#include "engine/model/model.h"
#include "engine/trace/trace.h"

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The whole run; a failure on the way is the test's, with the trace up to there.
Trace finishedRun(Model& model, std::string_view prompt, const DecodeSettings& settings);

/// The devices as they are: the test variants of a Vulkan device differ in tiles and paths of the operations, which those have tests of
/// their own for, and not in what a run makes of them.
std::vector<std::string> plainBackends();

}  // namespace crystallite
