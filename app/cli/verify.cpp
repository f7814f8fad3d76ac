#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/diffusion/session.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

struct VerifyArguments {
    ModelChoice choice;
    std::string trace;
};

int verify(const VerifyArguments& arguments, const std::stop_token& stop) {
    const auto trace = readTrace(arguments.trace);
    if (!trace) {
        return report(trace.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const std::string recordedOn = trace->header().device;
    const std::string runningOn = loaded->model->identity().device;
    if (recordedOn != runningOn) {
        std::fprintf(stderr, "note: the trace was made on %s and is verified on %s; the last digits of probabilities may differ\n",
                     recordedOn.c_str(), runningOn.c_str());
    }
    const auto result = verifyTrace(*loaded->model, *trace, {}, stop);
    if (!result) {
        return report(result.error());
    }
    std::printf("%u of %u steps reproduced to the bit\n", result->reproduced, result->total);
    if (!result->firstDifference.empty()) {
        std::printf("first difference: %s\n", result->firstDifference.c_str());
        return kNotReproduced;
    }
    return kSuccess;
}

}  // namespace

Command addVerifyCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("verify", "Re-run a trace and say whether every step is reproduced");
    auto arguments = std::make_shared<VerifyArguments>();
    addModelOptions(*command, arguments->choice);
    command->add_option("TRACE", arguments->trace, "Trace file")->required();
    return {command, [arguments](const InterruptWatcher& interrupt) { return verify(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
