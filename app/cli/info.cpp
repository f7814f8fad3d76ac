#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/model_summary.h"
#include "engine/model/model_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace crystallite::cli {
namespace {

int info(const ModelChoice& choice, const InterruptWatcher& interrupt) {
    const auto gpuLayers = parseGpuLayers(choice.gpuLayers);
    if (!gpuLayers) {
        return report(gpuLayers.error());
    }
    const auto source = openSource(choice, interrupt.token());
    if (!source) {
        return report(source.error());
    }
    const auto config = readModelConfig(**source);
    if (!config) {
        printSourceAlone(**source);
        return report(config.error());
    }
    printModel(**source, *config, {.gpuLayers = *gpuLayers});
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
    auto choice = std::make_shared<ModelChoice>();
    choice->model = kDefaultModel;
    command->add_option("MODEL", choice->model, "GGUF file, Hugging Face folder, or the name of an embedded model")->capture_default_str();
    addLayerOption(*command, *choice);
    addSourceOptions(*command, *choice);
    return {command, [choice](const InterruptWatcher& interrupt) { return info(*choice, interrupt); }};
}

}  // namespace crystallite::cli
