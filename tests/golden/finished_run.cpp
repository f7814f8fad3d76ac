#include "tests/golden/finished_run.h"

#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/session.h"
#include "tests/support/backends.h"

#include <gtest/gtest.h>

namespace crystallite {

Trace finishedRun(Model& model, std::string_view prompt, const DecodeSettings& settings) {
    Result<std::unique_ptr<Session>> session = Session::start(model, prompt, requestFor(settings));
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

std::vector<std::string> plainBackends() {
    std::vector<std::string> names = availableBackends();
    std::erase_if(names, [](const std::string& name) { return name != "Cpu" && name != "Vulkan0"; });
    return names;
}

}  // namespace crystallite
