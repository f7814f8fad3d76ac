#pragma once

#include "engine/base/result.h"
#include "engine/diffusion/session.h"
#include "engine/trace/trace.h"

#include <memory>

namespace crystallite {

/// The whole run of a session that was started; a failure, on the way too, is the test's, with the trace up to there.
Trace finishedRun(const Result<std::unique_ptr<Session>>& session);

}  // namespace crystallite
