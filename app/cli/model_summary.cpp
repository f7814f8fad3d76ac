#include "app/cli/model_summary.h"

#include "app/cli/common.h"
#include "engine/diffusion/run_plan.h"
#include "engine/engine.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/load_plan.h"
#include "engine/text/chat_template.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/decode_policy.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace crystallite::cli {
namespace {

/// A fingerprint reads the whole file; of larger ones it is left to the first run, whose trace holds it.
constexpr uint64_t kQuicklyHashedBytes = uint64_t{2} << 30;

void printFormats(const ModelSource& source) {
    std::printf("weights\n");
    for (const WeightShare& share : weightShares(source)) {
        const std::string format(layoutOf(share.format).name);
        std::printf("  %-14s %zu tensors, %s\n", format.c_str(), share.tensors, formatBytes(share.bytes).c_str());
    }
}

void printFile(const ModelSource& source) {
    const bool quick = source.fileBytes() <= kQuicklyHashedBytes;
    std::printf("%s, %s%s", source.displayName().c_str(), formatBytes(source.fileBytes()).c_str(), quick ? ", fingerprint " : "");
    std::printf("%s\n", quick ? source.fingerprint().c_str() : "");
}

/// The first ids and how many more there are: a padded vocabulary has thousands that are never emitted.
std::string idList(const std::vector<TokenId>& ids) {
    constexpr size_t kMostShown = 8;
    std::string text;
    for (size_t i = 0; i < std::min(ids.size(), kMostShown); ++i) {
        text += (text.empty() ? "" : ", ") + std::to_string(ids[i]);
    }
    if (ids.size() > kMostShown) {
        text += " and " + std::to_string(ids.size() - kMostShown) + " more";
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

/// "3.74M", "8.02B"
std::string parameterCount(uint64_t parameters) {
    std::array<char, 32> text{};
    const bool billions = parameters >= 1'000'000'000;
    std::snprintf(text.data(), text.size(), "%.2f%c", static_cast<double>(parameters) / (billions ? 1e9 : 1e6), billions ? 'B' : 'M');
    return text.data();
}

void printConfig(const ModelConfig& config) {
    const std::string family = config.family == config.architecture ? "" : " read as " + config.family;
    std::printf("architecture     %s%s, %s parameters\n", config.architecture.c_str(), family.c_str(),
                parameterCount(config.parameters).c_str());
    std::printf("layers           %u of width %u, feed-forward %u%s\n", config.layers, config.width, config.feedForward,
                config.feedForwardKind == FeedForwardKind::Gelu ? " (GELU)" : "");
    std::printf("attention        %u heads of %u, %u key/value heads%s%s, %s\n", config.heads, config.headDim, config.kvHeads,
                config.qkvBias ? ", biases" : "", config.qkNorm ? ", normed queries and keys" : "",
                config.visibility == Visibility::Full ? "every slot sees every slot" : "causal");
    std::printf("norm             %s, epsilon %g\n", config.norm == NormKind::Layer ? "LayerNorm" : "RMS",
                static_cast<double>(config.normEpsilon));
    printPositions(config);
    std::printf("vocabulary       %u tokens, %s output head\n", config.vocabulary, config.tiedHead ? "tied" : "own");
    std::printf("special ids      mask %u, end %s, never emitted %s\n", config.maskId, idList(config.endIds).c_str(),
                idList(config.forbiddenIds).c_str());
    std::printf("prediction       row i predicts position %s; %s\n", config.shiftLogits ? "i + 1" : "i",
                config.isAutoregressive() ? "writes from left to right" : "denoises in any order");
}

void printTokenizer(const ModelSource& source) {
    const auto tokenizer = source.tokenizer();
    if (!tokenizer) {
        std::printf("tokenizer        none: %s\n", tokenizer.error().message.c_str());
        return;
    }
    const std::string rule = tokenizer->preTokenizer.empty() ? "" : ", splitting " + tokenizer->preTokenizer;
    std::printf("tokenizer        %s%s, %zu tokens, %zu merges\n", tokenizer->model.c_str(), rule.c_str(), tokenizer->tokens.size(),
                tokenizer->merges.size());
    const auto format = detectChatFormat(tokenizer->chatTemplate);
    const std::string known = format ? std::string((*format)->name) : "none of the known ones";
    std::printf("chat template    %s\n", tokenizer->chatTemplate.empty() ? "no chat template" : known.c_str());
}

void printPolicies(const ModelSource& source, const ModelConfig& config) {
    Result<TokenizerData> data = source.tokenizer();
    const auto tokenizer = data ? Tokenizer::create(std::move(data).value()) : Result<std::shared_ptr<const Tokenizer>>(data.error());
    if (!tokenizer) {
        return;  // the line of the tokenizer says why there is none
    }
    std::string names;
    for (const DecodePolicy policy : policiesFor(config, **tokenizer)) {
        names.append(names.empty() ? "" : ", ").append(traitsOf(policy).name);
    }
    std::printf("policies         %s%s\n", names.c_str(), config.isAutoregressive() ? ", left to right" : "");
}

std::string verdictOn(const LoadPlan& plan) {
    const bool fits = std::all_of(plan.shares.begin(), plan.shares.end(), [](const DeviceShare& share) { return share.fits(); });
    return fits ? "fits" : "does not fit";
}

/// Split where the options say so, or where one device is too small: then with what each has to hold.
void printMemory(const ModelSource& source, const ModelConfig& config, const LoadOptions& options) {
    const uint32_t slots = usualCanvas(config);
    const MemoryEstimate need = estimateMemory(source, config, {.first = 0, .end = config.layers, .of = config.layers}, slots);
    std::printf("memory           %s: %s of weights, %s to work on %u slots, margin %s\n", formatBytes(need.withMargin()).c_str(),
                formatBytes(need.weightBytes).c_str(), formatBytes(need.activationBytes).c_str(), slots,
                formatBytes(need.withMargin() - need.total()).c_str());
    const std::vector<DeviceInfo> devices = listDevices();
    for (const DeviceInfo& device : devices) {
        const OfferedDevices offered{.device = device, .host = device.isVulkan() ? &devices.front() : nullptr};
        const LoadPlan plan = planLoad(source, config, offered, layersOnDevice(source, config, offered, options, slots), slots);
        const std::string split = plan.shares.front().isGpu || !device.isVulkan() ? "" : ": " + textOf(plan);
        std::printf("  %u %-30s %s, offers %s%s\n", device.index, device.name.c_str(), verdictOn(plan).c_str(),
                    formatBytes(usableBytes(device)).c_str(), split.c_str());
    }
}

}  // namespace

void printModel(const ModelSource& source, const ModelConfig& config, const LoadOptions& options) {
    printFile(source);
    printConfig(config);
    printFormats(source);
    printTokenizer(source);
    printPolicies(source, config);
    printMemory(source, config, options);
}

void printSourceAlone(const ModelSource& source) {
    printFile(source);
    std::printf("architecture     %s\n", source.findString("general.architecture").value_or("none").c_str());
    printFormats(source);
    printTokenizer(source);
}

}  // namespace crystallite::cli
