#include "tests/support/finished_session.h"

#include <gtest/gtest.h>

namespace crystallite {

Trace finishedRun(const Result<std::unique_ptr<Session>>& session) {
    if (!session) {
        ADD_FAILURE() << session.error().message;
        return {};
    }
    while (!(*session)->finished()) {
        const Result<void> stepped = (*session)->step();
        if (!stepped) {
            ADD_FAILURE() << stepped.error().message;
            break;
        }
    }
    return (*session)->trace();
}

void takeTurns(Session& first, Session& second) {
    while (!first.finished() || !second.finished()) {
        for (Session* const session : {&first, &second}) {
            if (!session->finished()) {
                const Result<void> stepped = session->step();
                ASSERT_TRUE(stepped) << stepped.error().message;
            }
        }
    }
}

void expectSameDecisions(const Trace& actual, const Trace& expected) {
    ASSERT_EQ(actual.steps(), expected.steps());
    for (uint32_t step = 1; step <= expected.steps(); ++step) {
        ASSERT_TRUE(sameDecision(actual.record(step), expected.record(step))) << "step " << step;
    }
}

}  // namespace crystallite
