#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/engine.h"
#include "engine/model/model_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

void printFormats(const ModelSource& source) {
    struct Share {
        size_t tensors = 0;
        uint64_t bytes = 0;
    };
    std::map<std::string, Share> shares;
    for (const StoredTensor& tensor : source.tensors()) {
        Share& share = shares[std::string(layoutOf(tensor.format).name)];
        ++share.tensors;
        share.bytes += tensor.bytes.size();
    }
    for (const auto& [format, share] : shares) {
        std::printf("  %-14s %zu tensors, %s\n", format.c_str(), share.tensors, formatBytes(share.bytes).c_str());
    }
}

std::string idList(const std::vector<TokenId>& ids) {
    std::string text;
    for (const TokenId id : ids) {
        text += (text.empty() ? "" : ", ") + std::to_string(id);
    }
    return text.empty() ? "none" : text;
}

void printPositions(const ModelConfig& config) {
    std::printf("positions        %s", config.learnedPositions ? "a learned table; " : "");
    if (config.rotaryDims > 0) {
        std::printf("RoPE over %u dimensions, theta %g, %s pairs; ", config.rotaryDims, config.ropeTheta,
                    config.ropePairing == RopePairing::Interleaved ? "interleaved" : "half-split");
    }
    std::printf("up to %u slots\n", config.contextLength);
    if (config.layout) {
        std::printf("canvas           a board of %u rows and %u columns in boxes of %u x %u\n", config.layout->rows, config.layout->columns,
                    config.layout->boxRows, config.layout->boxColumns);
    }
}

void printConfig(const ModelConfig& config) {
    std::printf("architecture     %s, %.2fM parameters\n", config.architecture.c_str(), static_cast<double>(config.parameters) / 1e6);
    std::printf("layers           %u of width %u, feed-forward %u\n", config.layers, config.width, config.feedForward);
    std::printf("attention        %u heads of %u, %u key/value heads, %s\n", config.heads, config.headDim, config.kvHeads,
                config.visibility == Visibility::Full ? "every slot sees every slot" : "causal");
    printPositions(config);
    std::printf("vocabulary       %u tokens, %s output head\n", config.vocabulary, config.tiedHead ? "tied" : "own");
    std::printf("special ids      mask %u, end %s, never emitted %s\n", config.maskId, idList(config.endIds).c_str(),
                idList(config.forbiddenIds).c_str());
    std::printf("prediction       row i predicts position %s; %s\n", config.shiftLogits ? "i + 1" : "i",
                config.isAutoregressive() ? "writes from left to right" : "denoises in any order");
}

int info(const std::string& pathOrName) {
    const auto source = openModelNamed(pathOrName);
    if (!source) {
        return report(source.error());
    }
    const auto config = readModelConfig(**source);
    if (!config) {
        return report(config.error());
    }
    std::printf("%s, %s, fingerprint %s\n", (*source)->displayName().c_str(), formatBytes((*source)->fileBytes()).c_str(),
                (*source)->fingerprint().c_str());
    printConfig(*config);
    std::printf("weights\n");
    printFormats(**source);
    const auto tokenizer = (*source)->tokenizer();
    if (!tokenizer) {
        return report(tokenizer.error());
    }
    std::printf("tokenizer        %s, splitting %s, %zu merges%s\n", tokenizer->model.c_str(), tokenizer->preTokenizer.c_str(),
                tokenizer->merges.size(), tokenizer->chatTemplate.empty() ? ", no chat template" : ", with chat template");
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
    auto model = std::make_shared<std::string>(kDefaultModel);
    command->add_option("MODEL", *model, "Model file (GGUF), or the name of an embedded model")->capture_default_str();
    return {command, [model](const InterruptWatcher&) { return info(*model); }};
}

}  // namespace crystallite::cli
