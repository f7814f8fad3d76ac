#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/policies.h"
#include "app/cli/prompt_choice.h"
#include "app/cli/run_printer.h"
#include "engine/diffusion/session.h"
#include "engine/trace/decode_option.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct GenerateArguments {
    ModelChoice choice;
    PromptChoice prompt;
    std::optional<std::string> order;
    std::optional<std::string> policy;
    std::optional<std::string> remask;
    std::optional<std::string> cache;
    bool beyondEnd = false;
    std::map<std::string, std::optional<double>> options;  // by name
    std::map<std::string, bool> flags;
    std::string traceFile;
    DecodeRequest request;
    Show show = Show::Steps;
};

/// The trace file that follows a run, if one was asked for. Its first failure is reported once; the run goes on without it.
class Recorder {
public:
    Result<void> open(const std::string& path, const Trace& trace) {
        if (path.empty()) {
            return {};
        }
        auto writer = TraceWriter::create(path, trace);
        if (!writer) {
            return writer.error();
        }
        writer_ = std::move(*writer);
        return {};
    }

    void append(const Trace& trace) {
        if (writer_) {
            keep(writer_->appendLast(trace));
        }
    }

    void finish(RunStatus status) {
        if (writer_) {
            keep(writer_->finish(status));
        }
    }

    [[nodiscard]] int exitCode() const { return exitCode_; }

private:
    void keep(const Result<void>& written) {
        if (!written) {
            exitCode_ = report(written.error());
            writer_.reset();
        }
    }

    std::unique_ptr<TraceWriter> writer_;
    int exitCode_ = kSuccess;
};

int runSession(Session& session, Recorder& recorder, RunPrinter& printer, const std::stop_token& stop) {
    printer.start(session.trace());
    int exitCode = kSuccess;
    while (!session.finished()) {
        const auto stepped = session.step(stop);
        if (!stepped) {
            exitCode = stepped.error().kind == ErrorKind::Cancelled ? int{kInterrupted} : report(stepped.error());
            break;
        }
        recorder.append(session.trace());
        printer.step(session.trace());
    }
    const bool interrupted = exitCode == kInterrupted;
    recorder.finish(exitCode == kSuccess ? RunStatus::Complete : interrupted ? RunStatus::Stopped : RunStatus::Failed);
    printer.finish(session.trace());
    return exitCode != kSuccess ? exitCode : recorder.exitCode();
}

/// Looks up a name that was given, with `parse`.
template <typename Value>
Result<void> parseInto(std::optional<Value>& value, const std::optional<std::string>& name, Result<Value> (*parse)(std::string_view)) {
    if (!name) {
        return {};
    }
    const Result<Value> parsed = parse(*name);
    if (!parsed) {
        return parsed.error();
    }
    value = *parsed;
    return {};
}

Result<DecodeRequest> requestOf(const GenerateArguments& arguments) {
    DecodeRequest request = arguments.request;
    if (Result<void> order = parseInto(request.order, arguments.order, parseUnmaskOrder); !order) {
        return order.error();
    }
    if (Result<void> policy = parseInto(request.policy, arguments.policy, parseDecodePolicy); !policy) {
        return policy.error();
    }
    if (Result<void> remask = parseInto(request.remask, arguments.remask, parseRemaskRule); !remask) {
        return remask.error();
    }
    if (Result<void> cache = parseInto(request.cache, arguments.cache, parseCacheKind); !cache) {
        return cache.error();
    }
    if (arguments.beyondEnd) {
        request.stopsAtEnd = false;
    }
    for (const auto& [name, value] : arguments.options) {
        if (value) {
            request.options.push_back({.name = name, .value = *value});
        }
    }
    for (const auto& [name, isSet] : arguments.flags) {
        if (isSet) {
            request.options.push_back({.name = name, .value = 1.0});
        }
    }
    return request;
}

int generate(const GenerateArguments& arguments, const std::stop_token& stop) {
    const Result<DecodeRequest> request = requestOf(arguments);
    if (!request) {
        return report(request.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const auto prompt = SentPrompt::of(*loaded, arguments.choice.model, arguments.prompt);
    if (!prompt) {
        return report(prompt.error());
    }
    auto session = prompt->start(*loaded->model, *request);
    if (!session) {
        return report(session.error());
    }
    Recorder recorder;
    const auto opened = recorder.open(arguments.traceFile, (*session)->trace());
    if (!opened) {
        return report(opened.error());
    }
    const std::unique_ptr<RunPrinter> printer = makeRunPrinter(arguments.show);
    return runSession(**session, recorder, *printer, stop);
}

/// One option or flag for each that a policy may look at, "--top-p" for "top_p".
void addPolicyOptions(CLI::App& command, GenerateArguments& arguments) {
    command.add_option("--policy", arguments.policy, "How slots are chosen, see 'policies'; default: the family's own, else llada");
    command.add_option("--remask", arguments.remask, "Rule of remdm: cap, rescale, conf or loop; default: cap");
    for (const DecodeOption& option : decodeOptions()) {
        const std::string name(option.name);
        const std::string meaning = std::string(option.meaning) + " (see 'policies')";
        if (option.isFlag()) {
            command.add_flag(optionName(name), arguments.flags[name], meaning);
        } else {
            command.add_option(optionName(name), arguments.options[name], meaning);
        }
    }
}

}  // namespace

Command addGenerateCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("generate", "Denoise an answer to a prompt");
    auto arguments = std::make_shared<GenerateArguments>();
    DecodeRequest& request = arguments->request;
    const std::map<std::string, Show> shows = {{"final", Show::Final}, {"steps", Show::Steps}, {"json", Show::Json}};

    addModelOptions(*command, arguments->choice);
    addPromptOptions(*command, arguments->prompt);
    command->add_option("--length", request.length, "Slots behind the prompt; default: 128 or what fits, none when the prompt has masks");
    command->add_option("--steps", request.steps, "Denoising steps over all blocks; default: one per open slot");
    command->add_option("--block-length", request.blockLength, "Slots per block, left to right; default: the model's, else one block");
    command->add_option("--order", arguments->order,
                        "low-confidence, margin, entropy, random, left-to-right or origin; default: what suits the policy and the model");
    addPolicyOptions(*command, *arguments);
    command->add_option("--cache", arguments->cache, kCacheHelp);
    command->add_flag("--beyond-end", arguments->beyondEnd, "Go on behind the end of a text, where the model would stop there");
    command->add_option("--temperature", request.temperature, "Chance in the choice of tokens; 0: greedy; default: the policy's");
    command->add_option("--seed", request.seed, "Seed of every random draw")->capture_default_str();
    command->add_option("--trace", arguments->traceFile, "Record the run into this file as it happens");
    command->add_option("--show", arguments->show, "steps: redraw the canvas (plain lines when stderr is no terminal), final, json")
        ->transform(CLI::CheckedTransformer(shows, CLI::ignore_case));
    return {command, [arguments](const InterruptWatcher& interrupt) { return generate(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
