#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/model_summary.h"
#include "engine/formats/file_identity.h"
#include "engine/model/model_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

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

int info(const InfoArguments& arguments, const InterruptWatcher& interrupt) {
    const auto gpuLayers = parseGpuLayers(arguments.choice.gpuLayers);
    if (!gpuLayers) {
        return report(gpuLayers.error());
    }
    const auto opened = openSource(arguments.choice, interrupt.token());
    if (!opened) {
        return report(opened.error());
    }
    const ModelSource& source = *opened->source;
    const bool showsFingerprint = arguments.fingerprint || source.fileBytes() <= kQuicklyHashedBytes;
    if (showsFingerprint) {
        ProgressLine line("reading " + arguments.choice.model);
        const Result<void> prepared = source.prepareFingerprint([&line](double share) { line.show(share); }, interrupt.token());
        if (!prepared) {
            return report(prepared.error());
        }
    }
    const auto config = readModelConfig(source);
    if (!config) {
        printSourceAlone(*opened, showsFingerprint);
        return report(config.error());
    }
    printModel(*opened, *config, {.gpuLayers = *gpuLayers}, showsFingerprint);
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
