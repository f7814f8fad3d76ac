#pragma once

#include "app/cli/interrupt.h"

#include <functional>

namespace CLI {
class App;
}

namespace crystallite::cli {

/// A subcommand as CLI11 knows it and what runs when it was chosen; `run` returns the exit code.
struct Command {
    const CLI::App* app = nullptr;
    std::function<int(const InterruptWatcher&)> run;
};

Command addBatchCommand(CLI::App& app);
Command addBranchCommand(CLI::App& app);
Command addDevicesCommand(CLI::App& app);
Command addInfoCommand(CLI::App& app);
Command addConvertCommand(CLI::App& app);
Command addLogitsCommand(CLI::App& app);
Command addModelsCommand(CLI::App& app);
Command addEvalCommand(CLI::App& app);
Command addExportCommand(CLI::App& app);
Command addGenerateCommand(CLI::App& app);
Command addHistoryCommand(CLI::App& app);
Command addBenchCommand(CLI::App& app);
Command addCompareCommand(CLI::App& app);
Command addPoliciesCommand(CLI::App& app);
Command addProbeCommand(CLI::App& app);
Command addVerifyCommand(CLI::App& app);
Command addTokenizeCommand(CLI::App& app);

}  // namespace crystallite::cli
