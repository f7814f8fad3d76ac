#include "engine/trace/branch.h"
#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/hand_changes.h"
#include "engine/diffusion/passes_to_come.h"
#include "engine/diffusion/session.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

struct BranchArguments {
    ModelChoice choice;
    std::string trace;
    std::string output;
    uint32_t step = 0;
    HandChanges changes;
    bool isDryRun = false;
};

/// Runs the branch to its end and keeps what was finished when it is interrupted.
int finish(const BranchArguments& arguments, Session& session, const std::stop_token& stop) {
    Result<void> stepped;
    while (!session.finished() && stepped) {
        stepped = session.step(stop);
    }
    const bool isStopped = !stepped && stepped.error().kind == ErrorKind::Cancelled;
    if (!stepped && !isStopped) {
        return report(stepped.error());
    }
    if (Result<void> saved = saveTrace(arguments.output, session.trace()); !saved) {
        return report(saved.error());
    }
    const Trace& trace = session.trace();
    std::printf("%s\n", trace.answerText(trace.steps(), "_", true).c_str());
    return isStopped ? kInterrupted : kSuccess;
}

int branch(const BranchArguments& arguments, const std::stop_token& stop) {
    if (arguments.output.empty() && !arguments.isDryRun) {
        return report({.kind = ErrorKind::InvalidArgument, .message = "A branch needs a file; name it with -o, or ask with --dry-run."});
    }
    const Result<Trace> parent = readTrace(arguments.trace);
    if (!parent) {
        return report(parent.error());
    }
    Result<Trace> changed = branchOf(*parent, arguments.step, insertedSlots(arguments.changes));
    if (!changed) {
        return report(changed.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    if (Result<void> applied = applyChanges(*loaded->model->tokenizer(), arguments.changes, *changed); !applied) {
        return report(applied.error());
    }
    auto session = Session::restore(*loaded->model, *changed, changed->steps());
    if (!session) {
        return report(session.error());
    }
    const PassesToCome cost = passesToCome(loaded->model->config(), *loaded->model->tokenizer(), (*session)->trace());
    std::fprintf(stderr, "%s%llu forward passes to come\n", cost.isExact ? "" : "at most ", static_cast<unsigned long long>(cost.passes));
    return arguments.isDryRun ? kSuccess : finish(arguments, **session, stop);
}

}  // namespace

Command addBranchCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("branch", "Change a run by hand at one of its steps and let it continue as a run of its own");
    auto arguments = std::make_shared<BranchArguments>();
    HandChanges& changes = arguments->changes;
    addModelOptions(*command, arguments->choice);
    command->add_option("TRACE", arguments->trace, "Trace file")->required();
    command->add_option("--at", arguments->step, "The last step that both runs share; 0: the canvas before the first")->required();
    command->add_option("--remask", changes.remask, "SLOT: mask it again")->delimiter(',');
    command->add_option("--write", changes.write, "SLOT=TEXT: write the text from this slot on, and pin it");
    command->add_option("--choose", changes.choose, "SLOT=#K: take candidate K of the last step, 1 being the likeliest");
    command->add_option("--pin", changes.pin, "SLOT: pin what it holds, or SLOT=TEXT as --write");
    command->add_option("--unpin", changes.unpin, "SLOT: give it back to the model")->delimiter(',');
    command->add_option("--prefer", changes.prefer, "SLOT,SLOT,...: commit these first, in this order")->delimiter(',');
    command->add_option("--delete", changes.remove, "SLOT: remove it; later slots move left")->delimiter(',');
    command->add_option("--insert", changes.insert, "SLOTxCOUNT: masked slots in front of it; later slots move right");
    command->add_option("-o,--output", arguments->output, "Trace file of the branch");
    command->add_flag("--dry-run", arguments->isDryRun, "Only say what the branch would cost");
    return {command, [arguments](const InterruptWatcher& interrupt) { return branch(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
