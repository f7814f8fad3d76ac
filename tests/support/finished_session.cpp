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

}  // namespace crystallite
