#include "tests/golden/finished_run.h"

#include "engine/diffusion/run_plan.h"
#include "tests/support/finished_session.h"

namespace crystallite {

Trace finishedRun(Model& model, std::string_view prompt, const DecodeSettings& settings) {
    return finishedRun(Session::start(model, prompt, requestFor(settings)));
}

}  // namespace crystallite
