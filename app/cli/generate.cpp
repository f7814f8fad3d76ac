#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/decode_choice.h"
#include "app/cli/noise_choice.h"
#include "app/cli/prompt_choice.h"
#include "app/cli/run_printer.h"
#include "engine/diffusion/session.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct GenerateArguments {
    ModelChoice choice;
    PromptChoice prompt;
    NoiseChoice noise;
    DecodeChoice decode;
    std::string traceFile;
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

int generate(const GenerateArguments& arguments, const std::stop_token& stop) {
    const Result<DecodeRequest> request = requestOf(arguments.decode);
    if (!request) {
        return report(request.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const auto noisy = noisyTokens(*loaded->model, arguments.noise, request->seed);
    if (!noisy) {
        return report(noisy.error());
    }
    PromptChoice choice = arguments.prompt;
    if (!noisy->empty()) {
        choice.tokenIds = *noisy;
    }
    const auto prompt = SentPrompt::of(*loaded, arguments.choice.model, choice);
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

}  // namespace

Command addGenerateCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("generate", "Denoise an answer to a prompt");
    auto arguments = std::make_shared<GenerateArguments>();
    const std::map<std::string, Show> shows = {{"final", Show::Final}, {"steps", Show::Steps}, {"json", Show::Json}};

    addModelOptions(*command, arguments->choice);
    addPromptOptions(*command, arguments->prompt);
    addNoiseOptions(*command, arguments->noise);
    addDecodeOptions(*command, arguments->decode);
    command->add_option("--seed", arguments->decode.request.seed, "Seed of every random draw")->capture_default_str();
    command->add_option("--trace", arguments->traceFile, "Record the run into this file as it happens");
    command->add_option("--show", arguments->show, "steps: redraw the canvas (plain lines when stderr is no terminal), final, json")
        ->transform(CLI::CheckedTransformer(shows, CLI::ignore_case));
    return {command, [arguments](const InterruptWatcher& interrupt) { return generate(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
