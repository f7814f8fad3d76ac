#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/engine.h"

#include <CLI/CLI.hpp>

#include <clocale>
#include <cstdio>
#include <string>
#include <vector>

namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 a step was not reproduced (verify), 2 wrong argument or setting, 3 file missing, unreadable or damaged,\n"
    "4 the model does not fit or the device failed, 130 stopped by Ctrl-C (finished steps are kept).";

}  // namespace

int main(int argc, char** argv) {
    using namespace crystallite::cli;
    const InterruptWatcher interrupt;
    // Column widths of characters come from the locale; token text is UTF-8 whatever the environment says.
    std::setlocale(LC_CTYPE, "C.UTF-8");

    CLI::App app("Crystallite: watch a diffusion language model think", "crystallite-cli");
    app.set_version_flag("--version", std::string(crystallite::engineVersion()));
    app.require_subcommand(1);
    app.footer(kExitCodes);
    const std::vector<Command> commands = {addDevicesCommand(app),  addModelsCommand(app),   addInfoCommand(app),   addConvertCommand(app),
                                           addGenerateCommand(app), addCompareCommand(app),  addBenchCommand(app),  addVerifyCommand(app),
                                           addEvalCommand(app),     addTokenizeCommand(app), addLogitsCommand(app), addPoliciesCommand(app),
                                           addProbeCommand(app),    addExportCommand(app),   addBranchCommand(app), addBatchCommand(app),
                                           addHistoryCommand(app)};

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& helpOrVersion) {
        return app.exit(helpOrVersion);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "crystallite-cli: %s; see crystallite-cli --help\n", error.what());
        return kBadUsage;
    }
    for (const Command& command : commands) {
        if (command.app->parsed()) {
            return command.run(interrupt);
        }
    }
    return kBadUsage;
}
