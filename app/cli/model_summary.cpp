#include "app/cli/model_summary.h"

#include "app/cli/common.h"
#include "app/cli/text_width.h"
#include "engine/diffusion/run_plan.h"
#include "engine/engine.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/families/family_chat.h"
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

void printFormats(const ModelSource& source) {
    std::printf("weights%s\n", source.tensors().empty() ? "          none" : "");
    for (const WeightShare& share : weightShares(source)) {
        const std::string format(layoutOf(share.format).name);
        std::printf("  %-14s %zu tensors, %s\n", format.c_str(), share.tensors, formatBytes(share.bytes).c_str());
    }
}

std::string fingerprintText(const ModelSource& source, FingerprintLine line) {
    switch (line) {
        case FingerprintLine::Shown: return source.fingerprint();
        case FingerprintLine::TooLong: return "not computed, as it reads all of that: add --fingerprint";
        case FingerprintLine::NotFixed: return "follows once it is known what this is";
    }
    return {};
}

void printFile(const OpenedModel& model, FingerprintLine fingerprint) {
    const ModelSource& source = *model.source;
    std::printf("%s, %s, fingerprint %s\n", source.displayName().c_str(), formatBytes(source.fileBytes()).c_str(),
                fingerprintText(source, fingerprint).c_str());
    if (const std::string answers = describe(model.answers); !answers.empty()) {
        std::printf("as you said      %s; %s\n", answers.c_str(),
                    model.answers == model.remembered ? "'info --forget' forgets it" : "not remembered for the next time");
    }
}

/// "0, 4086-4095": a padded vocabulary has thousands in a row.
std::string rangesOf(const std::vector<TokenId>& ids) {
    constexpr size_t kMostRanges = 8;
    std::string text;
    size_t ranges = 0;
    for (size_t first = 0; first < ids.size(); ++ranges) {
        size_t last = first;
        while (last + 1 < ids.size() && ids[last + 1] == ids[last] + 1) {
            ++last;
        }
        if (ranges == kMostRanges) {
            return text + " and " + std::to_string(ids.size() - first) + " more";
        }
        text.append(text.empty() ? "" : ", ").append(std::to_string(ids[first]));
        text.append(last == first ? "" : "-" + std::to_string(ids[last]));
        first = last + 1;
    }
    return text.empty() ? "none" : text;
}

/// "4082 '<|mask|>'"; the number alone where there is no tokenizer, or it has no such token.
std::string withText(TokenId id, const Tokenizer* tokenizer) {
    const bool isNamed = tokenizer != nullptr && id < tokenizer->data().tokens.size();
    return std::to_string(id) + (isNamed ? " '" + printable(tokenizer->piece(id)) + "'" : "");
}

std::string visibilityText(const ModelConfig& config) {
    switch (config.visibility) {
        case Visibility::Causal: return "those before it";
        case Visibility::BlockCausal: return "its block of " + std::to_string(config.blockLength) + " and those before it";
        case Visibility::Full:
        case Visibility::Shadow:
        case Visibility::CausalCanvas: return "every slot";
    }
    return "";
}

const char* orderText(const ModelConfig& config) {
    if (config.visibility == Visibility::BlockCausal) {
        return "denoises block after block";
    }
    return config.isAutoregressive() ? "writes from left to right" : "denoises in any order";
}

/// Which row decides a slot, who sees whom, in which order it writes.
std::string predictionText(const ModelConfig& config) {
    return std::string("row i predicts position ") + (config.shiftLogits ? "i + 1" : "i") + "; every slot sees " + visibilityText(config) +
           "; " + orderText(config);
}

void printSpecialTokens(const ModelConfig& config, const Tokenizer* tokenizer) {
    std::string ends;
    for (const TokenId id : config.endIds) {
        ends.append(ends.empty() ? "" : ", ").append(withText(id, tokenizer));
    }
    std::printf("special tokens   %s %s; an answer ends at %s\n", config.hasMask ? "mask" : "no mask, an open slot shows",
                withText(config.maskId, tokenizer).c_str(), ends.empty() ? "the last slot" : ends.c_str());
    std::printf("never emitted    %s\n", rangesOf(config.forbiddenIds).c_str());
}

void printPositions(const ModelConfig& config) {
    std::printf("positions        %s", config.learnedPositions ? "a learned table; " : "");
    if (config.rotaryDims > 0) {
        std::printf("RoPE over %u dimensions, theta %.10g, %s pairs; ", config.rotaryDims, config.ropeTheta,
                    config.ropePairing == RopePairing::Interleaved ? "interleaved" : "half-split");
    }
    std::printf("up to %u slots\n", config.contextLength);
    if (config.layout) {
        std::printf("canvas           a board of %u rows and %u columns in boxes of %u x %u\n", config.layout->rows, config.layout->columns,
                    config.layout->boxRows, config.layout->boxColumns);
    }
}

/// The tokenizer of a source, or the reason why there is none.
class SourceTokenizer {
public:
    explicit SourceTokenizer(const ModelSource& source) : data_(source.tokenizer()) {
        if (!data_) {
            return;
        }
        if (auto created = Tokenizer::create(*data_)) {
            tokenizer_ = std::move(*created);
        } else {
            data_ = created.error();
        }
    }

    [[nodiscard]] const Result<TokenizerData>& data() const { return data_; }
    [[nodiscard]] const Tokenizer* get() const { return tokenizer_.get(); }

private:
    Result<TokenizerData> data_;
    std::shared_ptr<const Tokenizer> tokenizer_;
};

/// "3.74M", "8.02B"
std::string parameterCount(uint64_t parameters) {
    std::array<char, 32> text{};
    const bool billions = parameters >= 1'000'000'000;
    std::snprintf(text.data(), text.size(), "%.2f%c", static_cast<double>(parameters) / (billions ? 1e9 : 1e6), billions ? 'B' : 'M');
    return text.data();
}

/// "8 of 256 of width 512, sigmoid with a selection bias, from 4 of 8 groups, weights add up to 2.5"
std::string mixtureText(const Mixture& mixture) {
    const RoutingRule& rule = mixture.rule;
    std::array<char, 32> scale{};
    std::snprintf(scale.data(), scale.size(), "%g", static_cast<double>(rule.scale));
    std::string text =
        std::to_string(mixture.used) + " of " + std::to_string(mixture.experts) + " of width " + std::to_string(mixture.width);
    text += rule.score == RouterScore::Sigmoid ? ", sigmoid" : ", softmax";
    text += mixture.selectionBias ? " with a selection bias" : "";
    if (rule.groups > 1) {
        text += ", from " + std::to_string(rule.groupsUsed) + " of " + std::to_string(rule.groups) + " groups";
    }
    return text + (rule.renormalise ? ", weights add up to " : ", weights times ") + scale.data();
}

void printLayers(const ModelConfig& config) {
    if (!config.mixture) {
        std::printf("layers           %u of width %u, feed-forward %u%s\n", config.layers, config.width, config.feedForward,
                    config.feedForwardKind == FeedForwardKind::Gelu ? " (GELU)" : "");
        return;
    }
    const Mixture& mixture = *config.mixture;
    std::printf("layers           %u of width %u", config.layers, config.width);
    if (mixture.denseLayers > 0) {
        std::printf(", the first %u with a feed-forward of %u", mixture.denseLayers, config.feedForward);
    }
    std::printf("\nexperts          %s\n", mixtureText(mixture).c_str());
    if (mixture.sharedWidth > 0) {
        std::printf("shared experts   width %u, asked by every slot\n", mixture.sharedWidth);
    }
}

void printConfig(const ModelConfig& config, const Tokenizer* tokenizer) {
    const std::string family = config.family == config.architecture ? "" : " read as " + config.family;
    const std::string active = config.mixture ? ", of which " + parameterCount(config.activeParameters) + " per slot" : "";
    std::printf("architecture     %s%s, %s parameters%s\n", config.architecture.c_str(), family.c_str(),
                parameterCount(config.parameters).c_str(), active.c_str());
    printLayers(config);
    std::printf("attention        %u heads of %u, %u key/value head%s%s%s\n", config.heads, config.headDim, config.kvHeads,
                config.kvHeads == 1 ? "" : "s", config.qkvBias ? ", biases" : "", config.qkNorm ? ", normed queries and keys" : "");
    std::printf("norm             %s, epsilon %g\n", config.norm == NormKind::Layer ? "LayerNorm" : "RMS",
                static_cast<double>(config.normEpsilon));
    printPositions(config);
    std::printf("vocabulary       %u tokens, %s output head\n", config.vocabulary, config.tiedHead ? "tied" : "own");
    printSpecialTokens(config, tokenizer);
    std::printf("prediction       %s\n", predictionText(config).c_str());
}

/// The sizes under GGUF's names, of a model whose family is not known; those that the files do not say are left out.
void printDeclaredSizes(const ModelSource& source) {
    const std::string prefix = source.findString("general.architecture").value_or("") + ".";
    std::string text;
    const auto add = [&](const char* key, const char* before, const char* behind) {
        if (const std::optional<uint64_t> value = source.findUnsigned(prefix + key)) {
            text.append(text.empty() ? "" : ", ").append(before).append(std::to_string(*value)).append(behind);
        }
    };
    add("block_count", "", " layers");
    add("embedding_length", "width ", "");
    add("feed_forward_length", "feed-forward ", "");
    add("attention.head_count", "", " heads");
    add("attention.head_count_kv", "", " of keys and values");
    add("attention.key_length", "", " dimensions per head");
    add("context_length", "up to ", " slots");
    const StoredTensor* const embedding = source.findTensor("token_embd.weight");
    if (embedding != nullptr && embedding->dimensions.size() == 2) {
        text.append(text.empty() ? "" : ", ").append("a vocabulary of ").append(std::to_string(embedding->dimensions[1]));
    }
    std::printf("sizes            %s\n", text.empty() ? "none that this build knows the names of" : text.c_str());
    std::printf("parameters       %s in %zu tensors\n", parameterCount(countParameters(source)).c_str(), source.tensors().size());
}

void printReadings(const std::string& name, const std::vector<Reading>& readings, const Tokenizer* tokenizer) {
    std::printf("may be%s\n", readings.size() > 1 ? " one of" : "");
    for (const Reading& reading : readings) {
        const std::string text = reading.config ? predictionText(*reading.config) + "; mask " + withText(reading.config->maskId, tokenizer)
                                 : tokenizer == nullptr ? "needs a tokenizer before more can be said"
                                                        : "not as it is: " + reading.config.error().message;
        std::printf("  %-14s %s\n", reading.family.c_str(), text.c_str());
    }
    std::printf("say which        add --family NAME, here or to any other command; it is remembered for the files of %s\n", name.c_str());
}

/// What `--chat` does, and why.
std::string chatFormatText(const TokenizerData& data, std::string_view family, const Answers& answers) {
    const auto detected = detectChatFormat(data.chatTemplate);
    const auto used = chatFormatOf(family, data);
    const std::string own = data.chatTemplate.empty() ? "none" : detected ? std::string((*detected)->name) : "none of the known ones";
    if (!answers.chatFormat.empty()) {
        return own + "; --chat uses what you said, " + answers.chatFormat;
    }
    if (!used) {
        return own + "; --chat needs --chat-format NAME";
    }
    return detected && *used == *detected ? own : own + "; --chat uses the family's, " + std::string((*used)->name);
}

/// What GGUF calls the kinds, in words.
std::string modelText(const TokenizerData& data) {
    if (data.model == "gpt2") {
        return "byte-level BPE";
    }
    if (data.model == "llama") {
        return "SentencePiece BPE";
    }
    return data.model == "symbols" ? "a token for each byte it knows" : data.model;
}

/// `family` is empty where it is not known.
void printTokenizer(const Result<TokenizerData>& data, std::string_view family, const Answers& answers) {
    if (!data) {
        std::printf("tokenizer        none: %s\n", data.error().message.c_str());
        return;
    }
    const std::string rule = data->preTokenizer.empty() || data->model != "gpt2" ? "" : " split as " + data->preTokenizer;
    const std::string merges = data->merges.empty() ? "" : ", " + std::to_string(data->merges.size()) + " merges";
    std::printf("tokenizer        %s%s, %zu tokens%s\n", modelText(*data).c_str(), rule.c_str(), data->tokens.size(), merges.c_str());
    std::printf("chat template    %s\n", chatFormatText(*data, family, answers).c_str());
}

void printPolicies(const Tokenizer* tokenizer, const ModelConfig& config) {
    if (tokenizer == nullptr) {
        return;  // the line of the tokenizer says why there is none
    }
    std::string names;
    for (const DecodePolicy policy : policiesFor(config, *tokenizer)) {
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
    const std::string store = need.storeBytes > 0 ? ", " + formatBytes(need.storeBytes) + " of cached keys and values" : "";
    std::printf("memory           %s: %s of weights, %s to work on %u slots%s, margin %s\n", formatBytes(need.withMargin()).c_str(),
                formatBytes(need.weightBytes).c_str(), formatBytes(need.activationBytes).c_str(), slots, store.c_str(),
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

void printModel(const OpenedModel& model, const ModelConfig& config, const LoadOptions& options, FingerprintLine fingerprint) {
    const ModelSource& source = *model.source;
    const SourceTokenizer tokenizer(source);
    printFile(model, fingerprint);
    printConfig(config, tokenizer.get());
    printFormats(source);
    printTokenizer(tokenizer.data(), config.family, model.answers);
    printPolicies(tokenizer.get(), config);
    printMemory(source, config, options);
}

void printSourceAlone(const OpenedModel& model, const std::string& name, const std::vector<Reading>& readings,
                      FingerprintLine fingerprint) {
    const ModelSource& source = *model.source;
    const SourceTokenizer tokenizer(source);
    printFile(model, fingerprint);
    if (readings.empty() || fingerprint != FingerprintLine::NotFixed) {  // a folder is given the architecture of its family
        std::printf("architecture     %s\n", source.findString("general.architecture").value_or("none").c_str());
    }
    printDeclaredSizes(source);
    printFormats(source);
    printTokenizer(tokenizer.data(), "", model.answers);
    if (!readings.empty()) {
        printReadings(name, readings, tokenizer.get());
    }
}

std::string describe(const Answers& answers) {
    std::string text;
    const auto add = [&text](const char* what, const std::string& value) {
        if (!value.empty()) {
            text.append(text.empty() ? "" : ", ").append(what).append(value);
        }
    };
    add("family ", answers.family);
    add("tokenizer ", answers.tokenizer.empty() ? "" : "'" + answers.tokenizer.string() + "'");
    add("chat format ", answers.chatFormat);
    return text;
}

}  // namespace crystallite::cli
