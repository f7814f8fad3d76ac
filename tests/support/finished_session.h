#pragma once

#include "engine/base/result.h"
#include "engine/diffusion/session.h"
#include "engine/trace/trace.h"

#include <memory>

namespace crystallite {

/// The whole run of a session that was started; a failure, on the way too, is the test's, with the trace up to there.
Trace finishedRun(const Result<std::unique_ptr<Session>>& session);

/// Two sessions on one model, a step of each in turn, until both are finished.
void takeTurns(Session& first, Session& second);

/// Every step of one run decided what that of the other did, to the bit.
void expectSameDecisions(const Trace& actual, const Trace& expected);

}  // namespace crystallite
