#include "app/cli/chat_format.h"
#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/policies.h"
#include "app/cli/run_printer.h"
#include "app/cli/token_list.h"
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
    ChatChoice chat;
    std::optional<std::string> prompt;
    std::vector<TokenId> tokenIds;
    std::optional<std::string> order;
    std::optional<std::string> policy;
    std::optional<std::string> remask;
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

/// From ids where there are some, else from text.
Result<std::unique_ptr<Session>> startSession(LoadedModel& loaded, const GenerateArguments& arguments, const DecodeRequest& request) {
    Model& model = *loaded.model;
    if (arguments.tokenIds.empty()) {
        const std::string typed = arguments.prompt.value_or(std::string(samplePromptOf(arguments.choice.model)));
        const TokenizerData& data = model.tokenizer()->data();
        const ChatChoice chat = withKnownFormat(arguments.chat, model.config().family, data, loaded.opened);
        const Result<std::string> prompt = promptText(chat, typed, data);
        return prompt ? Session::start(model, *prompt, request) : Result<std::unique_ptr<Session>>(prompt.error());
    }
    if (const auto checked = checkTokens(arguments.tokenIds, model.config()); !checked) {
        return checked.error();
    }
    return Session::start(model, arguments.tokenIds, request);
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
    auto session = startSession(*loaded, arguments, *request);
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
    command.add_option("--policy", arguments.policy, "How slots are chosen, see 'policies'; default: llada");
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
    command->add_option("-p,--prompt", arguments->prompt,
                        "Text before the answer, with <|mask|> for every slot to fill in; of a board every cell, . for an open one");
    addChatOptions(*command, arguments->chat);
    command->add_option("--token-ids", arguments->tokenIds, "The prompt as ids instead: 1,2,3, with the mask's id for a slot to fill in")
        ->delimiter(',')
        ->excludes("--prompt");
    command->add_option("--length", request.length, "Slots behind the prompt; default: 128 or what fits, none when the prompt has masks");
    command->add_option("--steps", request.steps, "Denoising steps over all blocks; default: one per open slot");
    command->add_option("--block-length", request.blockLength, "Slots per block, left to right; default: one block");
    command->add_option("--order", arguments->order,
                        "low-confidence, margin, entropy, random, left-to-right or origin; default: what suits the policy and the model");
    addPolicyOptions(*command, *arguments);
    command->add_option("--temperature", request.temperature, "Chance in the choice of tokens; 0: greedy; default: the policy's");
    command->add_option("--seed", request.seed, "Seed of every random draw")->capture_default_str();
    command->add_option("--trace", arguments->traceFile, "Record the run into this file as it happens");
    command->add_option("--show", arguments->show, "steps: redraw the canvas (plain lines when stderr is no terminal), final, json")
        ->transform(CLI::CheckedTransformer(shows, CLI::ignore_case));
    return {command, [arguments](const InterruptWatcher& interrupt) { return generate(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
