#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/base/in_quotes.h"
#include "engine/base/output_file.h"
#include "engine/formats/tensor_encoder.h"
#include "engine/model/gguf_export.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace crystallite::cli {
namespace {

struct ConvertArguments {
    ModelChoice choice;  ///< its quantize applies to the file, not to what is loaded
    std::string out;
};

/// What makes writing impossible is said before a large model is read.
Result<void> checkPlace(const std::string& model, const std::string& out) {
    std::error_code code;
    if (std::filesystem::equivalent(model, out, code)) {
        return Error{ErrorKind::InvalidArgument, inQuotes(out) + " is the model itself; choose another name for what is written"};
    }
    const Result<OutputFile> attempt = OutputFile::create(out, 0);
    return attempt ? Result<void>() : attempt.error();
}

int convert(const ConvertArguments& arguments, const InterruptWatcher& interrupt) {
    std::optional<WeightFormat> quantize;
    if (!arguments.choice.quantize.empty()) {
        const Result<WeightFormat> format = parseQuantization(arguments.choice.quantize);
        if (!format) {
            return report(format.error());
        }
        quantize = *format;
    }
    if (const Result<void> place = checkPlace(arguments.choice.model, arguments.out); !place) {
        return report(place.error());
    }
    ModelChoice choice = arguments.choice;
    choice.quantize.clear();
    const auto opened = openSource(choice, interrupt.token());
    if (!opened) {
        return report(opened.error());
    }
    const ModelSource& source = *opened->source;
    const auto config = readModelConfig(source);
    if (!config) {
        return report(config.error());
    }
    const auto plan = GgufExport::plan(source, *config, quantize);
    if (!plan) {
        return report(plan.error());
    }
    const GgufExportSizes sizes = plan->sizes();
    std::fprintf(stderr, "%s of %s become %s of %s; at most %s of memory are needed\n", formatBytes(source.fileBytes()).c_str(),
                 source.displayName().c_str(), formatBytes(sizes.fileBytes).c_str(), arguments.out.c_str(),
                 formatBytes(sizes.peakBytes).c_str());
    Result<void> written;
    {
        ProgressLine line("writing " + arguments.out);
        written = plan->write(
            arguments.out, [&line](double share) { line.show(share); }, interrupt.token());
    }
    return written ? kSuccess : report(written.error());
}

}  // namespace

Command addConvertCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("convert", "Write a model as one GGUF file");
    auto arguments = std::make_shared<ConvertArguments>();
    command->add_option("MODEL", arguments->choice.model, "Hugging Face folder, GGUF file, or the name of an embedded model")->required();
    command->add_option("OUT", arguments->out, "The GGUF file to write; it must not exist")->required();
    addSourceOptions(*command, arguments->choice);
    return {command, [arguments](const InterruptWatcher& interrupt) { return convert(*arguments, interrupt); }};
}

}  // namespace crystallite::cli
