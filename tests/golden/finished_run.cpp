#include "tests/golden/finished_run.h"

#include "engine/diffusion/run_plan.h"
#include "tests/support/backends.h"
#include "tests/support/finished_session.h"

namespace crystallite {

Trace finishedRun(Model& model, std::string_view prompt, const DecodeSettings& settings) {
    return finishedRun(Session::start(model, prompt, requestFor(settings)));
}

std::vector<std::string> plainBackends() {
    std::vector<std::string> names = availableBackends();
    std::erase_if(names, [](const std::string& name) { return name != "Cpu" && name != "Vulkan0"; });
    return names;
}

}  // namespace crystallite
