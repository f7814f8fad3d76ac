#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/compared_run.h"
#include "app/cli/prompt_choice.h"
#include "app/cli/run_printer.h"
#include "engine/diffusion/session.h"
#include "engine/trace/agreement.h"
#include "engine/trace/run_cost.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

using nlohmann::json;

struct CompareArguments {
    ModelChoice choice;
    PromptChoice prompt;
    std::vector<std::string> policies;
    DecodeRequest common;
    bool asJson = false;
};

/// A finished run beside what it is compared with.
struct Compared {
    std::string name;
    Trace trace;
    double agreement = 1.0;  ///< share of the slots that are not given whose last id is that of the baseline

    [[nodiscard]] RunCost cost() const { return costOf(trace); }
    [[nodiscard]] uint32_t tokens() const { return writtenSlots(trace.canvas(trace.steps())); }
    [[nodiscard]] double tokensPerPass() const {
        const uint64_t passes = cost().evaluations;
        return passes == 0 ? 0.0 : static_cast<double>(tokens()) / static_cast<double>(passes);
    }
};

/// One slot after the other, the best first, without a cache: what every other run saves from.
DecodeRequest baselineOf(const ModelConfig& config, const DecodeRequest& common) {
    DecodeRequest request = common;
    request.policy = config.isAutoregressive() ? DecodePolicy::LeftToRight : DecodePolicy::Llada;
    request.cache = CacheKind::None;
    request.temperature = 0.0F;
    return request;
}

const Canvas& lastCanvas(const Trace& trace) {
    return trace.canvas(trace.steps());
}

/// Every run, or a sentence about the first that the model cannot do, before any of them is made.
Result<std::vector<ComparedRun>> plannedRuns(const CompareArguments& arguments, const SentPrompt& prompt, const Model& model) {
    std::vector<ComparedRun> runs = {{.name = "greedy", .request = baselineOf(model.config(), arguments.common)}};
    for (const std::string& text : arguments.policies) {
        Result<ComparedRun> run = parseComparedRun(text, arguments.common);
        if (!run) {
            return run.error();
        }
        runs.push_back(*std::move(run));
    }
    for (const ComparedRun& run : runs) {
        if (const auto plan = prompt.plan(model, run.request); !plan) {
            return Error{.kind = plan.error().kind, .message = run.name + ": " + plan.error().message};
        }
    }
    return runs;
}

Result<Trace> finish(Session& session, const std::string& name, const std::stop_token& stop) {
    ProgressLine line(name);
    while (!session.finished()) {
        if (const auto stepped = session.step(stop); !stepped) {
            return stepped.error();
        }
        line.show(static_cast<double>(session.trace().steps()) / session.trace().header().settings.steps);
    }
    return session.trace();
}

void printHeader(const Trace& baseline, size_t widest) {
    std::printf("%s on %s, a prompt of %u tokens\n\n", baseline.header().modelName.c_str(), baseline.header().device.c_str(),
                baseline.promptLength());
    std::printf("%-*s %6s %9s %6s %9s %10s %12s %10s\n", static_cast<int>(widest), "run", "NFE", "rows", "kept", "time", "tokens",
                "tokens/pass", "agreement");
}

void printRow(const Compared& run, size_t widest) {
    const RunCost cost = run.cost();
    std::printf("%-*s %6llu %9llu %6llu %7.2f s %10u %12.2f %8.1f %%\n", static_cast<int>(widest), run.name.c_str(),
                static_cast<unsigned long long>(cost.evaluations), static_cast<unsigned long long>(cost.rows),
                static_cast<unsigned long long>(cost.prefills + cost.commits), cost.milliseconds / 1e3, run.tokens(), run.tokensPerPass(),
                100.0 * run.agreement);
}

json entryOf(const Compared& run) {
    const RunCost cost = run.cost();
    return {{"name", run.name},
            {"settings", settingsJson(run.trace.header().settings)},
            {"steps", run.trace.steps()},
            {"nfe", cost.evaluations},
            {"prefill_passes", cost.prefills},
            {"commit_passes", cost.commits},
            {"rows", cost.rows},
            {"ms", cost.milliseconds},
            {"tokens", run.tokens()},
            {"tokens_per_pass", run.tokensPerPass()},
            {"agreement", run.agreement},
            {"text", answerOf(run.trace)}};
}

void printJson(const std::vector<Compared>& runs) {
    const Trace& baseline = runs.front().trace;
    json entries = json::array();
    std::transform(runs.begin(), runs.end(), std::back_inserter(entries), entryOf);
    const json document = {{"model", baseline.header().modelName},
                           {"device", baseline.header().device},
                           {"prompt", baseline.header().prompt},
                           {"prompt_tokens", baseline.promptLength()},
                           {"runs", entries}};
    std::printf("%s\n", document.dump(2, ' ', false, json::error_handler_t::replace).c_str());
}

int compare(const CompareArguments& arguments, const std::stop_token& stop) {
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const auto prompt = SentPrompt::of(*loaded, arguments.choice.model, arguments.prompt);
    if (!prompt) {
        return report(prompt.error());
    }
    const auto planned = plannedRuns(arguments, *prompt, *loaded->model);
    if (!planned) {
        return report(planned.error());
    }
    size_t widest = 0;
    for (const ComparedRun& run : *planned) {
        widest = std::max(widest, run.name.size());
    }
    std::vector<Compared> runs;
    for (const ComparedRun& run : *planned) {
        auto session = prompt->start(*loaded->model, run.request);
        auto trace = session ? finish(**session, run.name, stop) : Result<Trace>(session.error());
        if (!trace) {
            return report(trace.error());
        }
        const double same = runs.empty() ? 1.0 : agreement(lastCanvas(*trace), lastCanvas(runs.front().trace));
        runs.push_back({.name = run.name, .trace = *std::move(trace), .agreement = same});
        if (!arguments.asJson) {
            if (runs.size() == 1) {
                printHeader(runs.front().trace, widest);
            }
            printRow(runs.back(), widest);
            std::fflush(stdout);
        }
    }
    if (arguments.asJson) {
        printJson(runs);
    }
    return kSuccess;
}

}  // namespace

Command addCompareCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "compare", "Answer one prompt by several policies and caches: what each costs, and how far it agrees with the greedy answer");
    auto arguments = std::make_shared<CompareArguments>();
    DecodeRequest& common = arguments->common;
    addModelOptions(*command, arguments->choice);
    addPromptOptions(*command, arguments->prompt);
    command
        ->add_option(
            "--policies", arguments->policies,
            "The runs, as policy, policy+cache or either with :option=value behind it: threshold+dual:threshold=0.8,llada:steps=32")
        ->delimiter(',')
        ->required();
    command->add_option("--length", common.length, "Slots behind the prompt, of every run; default: 128 or what fits");
    command->add_option("--block-length", common.blockLength, "Slots per block, of every run that says nothing else");
    command->add_option("--seed", common.seed, "Seed of every random draw")->capture_default_str();
    command->add_flag("--json", arguments->asJson, "Print JSON, with every text, instead of a table");
    return {command, [arguments](const InterruptWatcher& interrupt) { return compare(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
