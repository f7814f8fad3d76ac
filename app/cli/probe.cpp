#include "engine/diffusion/probe.h"

#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/probe_printer.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct ProbeArguments {
    ModelChoice choice;
    std::string trace;
    uint32_t step = 0;
    uint32_t slot = 0;
    bool attention = false;
    std::optional<uint32_t> layer;  ///< counted from 1, as is the head
    std::optional<uint32_t> head;
    bool leaveOneOut = false;
    std::optional<uint32_t> candidates;
    bool json = false;
};

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

Result<void> checkCounted(const std::string& what, std::optional<uint32_t> number, uint32_t count) {
    if (number && (*number < 1 || *number > count)) {
        return invalid("The model has " + std::to_string(count) + " " + what + "s; there is no " + what + " " + std::to_string(*number) +
                       ": choose one in 1.." + std::to_string(count) + ", or leave it out for the mean over all.");
    }
    return {};
}

/// What is asked about the slot, in the order in which it is printed.
std::vector<ProbeRequest> requestsOf(const ProbeArguments& arguments, const Trace& trace) {
    const ProbedFrame at = probedFrame(trace, arguments.step);
    std::vector<ProbeRequest> requests;
    const auto add = [&](ProbeKind kind) {
        requests.push_back({.at = at, .kind = kind, .position = arguments.slot, .candidates = arguments.candidates.value_or(8)});
    };
    if (arguments.attention) {
        add(ProbeKind::Attention);
    }
    if (arguments.leaveOneOut) {
        add(ProbeKind::LeaveOneOut);
    } else if (arguments.candidates) {
        add(ProbeKind::Candidates);
    }
    return requests;
}

Result<void> checkArguments(const ProbeArguments& arguments, const Trace& trace, const ModelConfig& config) {
    if (arguments.step > trace.steps()) {
        return invalid("The trace has " + std::to_string(trace.steps()) + " steps; there is no canvas after step " +
                       std::to_string(arguments.step) + ": choose one in 0.." + std::to_string(trace.steps()) + ".");
    }
    if (Result<void> layer = checkCounted("layer", arguments.layer, config.layers); !layer) {
        return layer;
    }
    return checkCounted("head", arguments.head, config.heads);
}

int runProbe(const ProbeArguments& arguments, const std::stop_token& stop) {
    const auto trace = readTrace(arguments.trace);
    if (!trace) {
        return report(trace.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    if (const auto checked = checkArguments(arguments, *trace, loaded->model->config()); !checked) {
        return report(checked.error());
    }
    const auto zeroBased = [](std::optional<uint32_t> number) { return number ? std::optional(*number - 1) : std::nullopt; };
    std::vector<ProbeResult> results;
    for (const ProbeRequest& request : requestsOf(arguments, *trace)) {
        auto result = probe(*loaded->model, request, stop);
        if (!result) {
            return report(result.error());
        }
        results.push_back(std::move(*result));
    }
    const ProbePrinter printer(*trace, {.layer = zeroBased(arguments.layer), .head = zeroBased(arguments.head)});
    for (const ProbeResult& result : results) {
        arguments.json ? printer.printJson(result) : printer.printText(result);
    }
    return kSuccess;
}

void addProbes(CLI::App& command, ProbeArguments& arguments) {
    CLI::Option_group* const what = command.add_option_group("measurements", "At least one; each takes a forward pass of its own");
    CLI::Option* const attention = what->add_flag("--attention", arguments.attention,
                                                  "Where the row that predicts the slot looks: weights over the slots of the text");
    what->add_flag("--leave-one-out", arguments.leaveOneOut,
                   "Mask the slot's token and say what all others make of it: p, rank, candidates (--candidates of them)");
    what->add_option("--candidates", arguments.candidates, "The K likeliest tokens of an open slot, 1..64")->type_name("K");
    what->require_option(1, 0);
    command.add_option("--layer", arguments.layer, "Attention of this layer, counted from 1; without it the mean over all")
        ->needs(attention);
    command.add_option("--head", arguments.head, "Attention of this head, counted from 1; without it the mean over all")->needs(attention);
}

}  // namespace

Command addProbeCommand(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("probe", "Measure more about a slot of a trace, by extra forward passes over one of its canvases");
    command->footer(
        "The trace is not changed. The canvas after step N is what step N + 1 was decided on; 0 is the canvas before the first.\n"
        "With a logit shift a slot is predicted by the row of the slot before it, and its attention is that row's.");
    auto arguments = std::make_shared<ProbeArguments>();
    addModelOptions(*command, arguments->choice);
    command->add_option("TRACE", arguments->trace, "Trace file")->required();
    command->add_option("--step", arguments->step, "The canvas after this step, 0 for the one before the first")->required();
    command->add_option("--slot", arguments->slot, "Slot of the canvas, counted from 0 as in generate --show json")->required();
    addProbes(*command, *arguments);
    command->add_flag("--json", arguments->json, "Print one object a line, with every layer and head of the attention");
    return {command, [arguments](const InterruptWatcher& interrupt) { return runProbe(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
