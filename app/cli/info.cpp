#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/model_summary.h"
#include "engine/formats/file_identity.h"
#include "engine/model/model_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct InfoArguments {
    ModelChoice choice;
    bool fingerprint = false;
    bool forget = false;
};

/// A fingerprint reads the whole file; of larger ones it is computed when it is asked for.
constexpr uint64_t kQuicklyHashedBytes = uint64_t{2} << 30;

int forget(const std::string& model) {
    const AnswerStore store = AnswerStore::ofThisPerson();
    const Result<std::string> identity = identityOf(model);
    if (!identity) {
        return report(identity.error());
    }
    const Result<Answers> answers = store.find(*identity);
    const Result<void> forgotten = store.forget(*identity);
    if (!forgotten) {
        return report(forgotten.error());
    }
    const std::string what = answers ? describe(*answers) : "what could not be read";
    std::printf("%s: %s\n", model.c_str(), what.empty() ? "nothing was remembered" : (what + " is forgotten").c_str());
    return kSuccess;
}

/// What each of the families that the files leave open would make of them, and a source that shows what they hold. Nothing is remembered.
std::vector<Reading> readingsOf(const ModelChoice& choice, const std::vector<std::string>& families, const std::stop_token& stop,
                                std::shared_ptr<const ModelSource>& shown) {
    std::vector<Reading> readings;
    for (const std::string& family : families) {
        const auto source = openModelNamed(choice.model, {.family = family, .tokenizer = choice.tokenizer, .stop = stop});
        readings.push_back({.family = family, .config = source ? readModelConfig(**source) : Result<ModelConfig>(source.error())});
        shown = shown || !source ? shown : *source;
    }
    return readings;
}

/// Cancelled when it was stopped.
Result<FingerprintLine> prepareFingerprint(const InfoArguments& arguments, const ModelSource& source, const std::stop_token& stop) {
    if (!arguments.fingerprint && source.fileBytes() > kQuicklyHashedBytes) {
        return FingerprintLine::TooLong;
    }
    ProgressLine line("reading " + arguments.choice.model);
    const Result<void> prepared = source.prepareFingerprint([&line](double share) { line.show(share); }, stop);
    return prepared ? Result<FingerprintLine>(FingerprintLine::Shown) : prepared.error();
}

int info(const InfoArguments& arguments, const InterruptWatcher& interrupt) {
    const auto gpuLayers = parseGpuLayers(arguments.choice.gpuLayers);
    if (!gpuLayers) {
        return report(gpuLayers.error());
    }
    const auto opened = openSource(arguments.choice, interrupt.token());
    const auto config = opened ? readModelConfig(*opened->source) : Result<ModelConfig>(opened.error());
    OpenedModel shown = opened ? *opened : OpenedModel{};
    std::vector<Reading> readings;
    if (!config) {
        readings = readingsOf(arguments.choice, config.error().choices, interrupt.token(), shown.source);
    }
    if (!shown.source) {
        return report(config.error());
    }
    const auto fingerprint =
        opened ? prepareFingerprint(arguments, *shown.source, interrupt.token()) : Result<FingerprintLine>(FingerprintLine::NotFixed);
    if (!fingerprint) {
        return report(fingerprint.error());
    }
    if (!config) {
        printSourceAlone(shown, arguments.choice.model, readings, *fingerprint);
        return report(config.error());
    }
    printModel(shown, *config, {.gpuLayers = *gpuLayers}, *fingerprint);
    return kSuccess;
}

int listModels() {
    for (const std::string& name : embeddedModels()) {
        const auto source = openEmbeddedModel(name);
        const auto config = source ? readModelConfig(**source) : Result<ModelConfig>(source.error());
        if (!config) {
            return report(config.error());
        }
        std::printf("%-12s %6.2fM parameters, %s, %s of %u slots\n", name.c_str(), static_cast<double>(config->parameters) / 1e6,
                    config->isAutoregressive() ? "left to right" : "any order", config->layout ? "a board" : "texts",
                    config->contextLength);
    }
    return kSuccess;
}

}  // namespace

Command addModelsCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("models", "List the embedded models");
    return {command, [](const InterruptWatcher&) { return listModels(); }};
}

Command addInfoCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("info", "Explain a model in one screen");
    auto arguments = std::make_shared<InfoArguments>();
    ModelChoice& choice = arguments->choice;
    choice.model = kDefaultModel;
    command->add_option("MODEL", choice.model, "GGUF file, Hugging Face folder, or the name of an embedded model")->capture_default_str();
    addLayerOption(*command, choice);
    addSourceOptions(*command, choice);
    command->add_flag("--fingerprint", arguments->fingerprint, "Compute the fingerprint of a file above 2 GiB too, which reads all of it");
    command->add_flag("--forget", arguments->forget, "Forget what was said about the model's files (family, tokenizer, chat format)");
    return {command, [arguments](const InterruptWatcher& interrupt) {
                return arguments->forget ? forget(arguments->choice.model) : info(*arguments, interrupt);
            }};
}

}  // namespace crystallite::cli
