#include "engine/model/model_config.h"

#include "engine/base/in_quotes.h"
#include "engine/model/families/family.h"
#include "engine/model/tensor_check.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace crystallite {
namespace {

/// Reads the metadata of one architecture. The first value that is absent or out of range is kept as the error; the getters then return
/// zero, so that a caller checks once after a group of reads.
class MetadataReader {
public:
    MetadataReader(const ModelSource& source, std::string_view architecture) : source_(source), prefix_(std::string(architecture) + ".") {}

    uint32_t requiredCount(std::string_view key) { return checkedCount(key, source_.findUnsigned(prefix_ + std::string(key))); }
    uint32_t countOr(std::string_view key, uint32_t absent) {
        const std::optional<uint64_t> value = source_.findUnsigned(prefix_ + std::string(key));
        return value ? checkedCount(key, value) : absent;
    }
    /// For a key whose 0 says that the part is absent.
    uint32_t countOrNone(std::string_view key, uint32_t absent) {
        return source_.findUnsigned(prefix_ + std::string(key)) == uint64_t{0} ? 0 : countOr(key, absent);
    }
    double requiredFloat(std::string_view key) { return checkedFloat(key, source_.findFloat(prefix_ + std::string(key))); }
    double floatOr(std::string_view key, double absent) {
        const std::optional<double> value = source_.findFloat(prefix_ + std::string(key));
        return value ? checkedFloat(key, value) : absent;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    void fail(std::string_view key, const std::string& what) {
        if (!error_) {
            error_ = Error{ErrorKind::Corrupt, inQuotes(source_.displayName()) + ": " + prefix_ + std::string(key) + " " + what};
        }
    }
    uint32_t checkedCount(std::string_view key, std::optional<uint64_t> value) {
        if (!value || *value == 0 || *value > std::numeric_limits<int32_t>::max()) {
            fail(key, value ? "is " + std::to_string(*value) + ", which no model has" : "is missing or not a whole number");
            return 0;
        }
        return static_cast<uint32_t>(*value);
    }
    double checkedFloat(std::string_view key, std::optional<double> value) {
        if (!value || !std::isfinite(*value) || *value <= 0.0) {
            fail(key, "is missing or not a positive number");
            return 0.0;
        }
        return *value;
    }

    const ModelSource& source_;
    std::string prefix_;
    std::optional<Error> error_;
};

/// Metadata -> sizes. Kept apart from the tensors: those are compared with what stands here.
Result<ModelConfig> readSizes(const ModelSource& source, const Family& family) {
    MetadataReader metadata(source, family.architecture);
    ModelConfig config;
    config.architecture = family.architecture;
    config.name = source.findString("general.name").value_or(source.displayName());
    config.layers = metadata.requiredCount("block_count");
    config.width = metadata.requiredCount("embedding_length");
    config.feedForward = metadata.requiredCount("feed_forward_length");
    config.contextLength = metadata.requiredCount("context_length");
    config.heads = metadata.requiredCount("attention.head_count");
    config.kvHeads = metadata.countOr("attention.head_count_kv", config.heads);
    config.headDim = metadata.countOr("attention.key_length", config.heads == 0 ? 0 : config.width / config.heads);
    const uint32_t valueDim = metadata.countOr("attention.value_length", config.headDim);
    config.rotaryDims = metadata.countOrNone("rope.dimension_count", config.headDim);
    config.ropeTheta = metadata.floatOr("rope.freq_base", 10000.0);
    config.normEpsilon = static_cast<float>(metadata.requiredFloat("attention.layer_norm_rms_epsilon"));
    if (metadata.error()) {
        return *metadata.error();
    }
    if (config.headDim == 0 || config.heads % config.kvHeads != 0 || config.rotaryDims % 2 != 0 || config.rotaryDims > config.headDim) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + ": " + std::to_string(config.heads) + " heads of " +
                                             std::to_string(config.headDim) + " over " + std::to_string(config.kvHeads) +
                                             " key heads with " + std::to_string(config.rotaryDims) +
                                             " rotary dimensions do not fit together"};
    }
    if (valueDim != config.headDim) {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " has values of " + std::to_string(valueDim) +
                                                 " dimensions per head and keys of " + std::to_string(config.headDim) +
                                                 "; this build needs them equal"};
    }
    return config;
}

/// Settings that would change the mathematics silently.
Result<void> refuseUnknownSettings(const ModelSource& source, const Family& family) {
    const std::string prefix(family.architecture);
    const std::string scaling = source.findString(prefix + ".rope.scaling.type").value_or("none");
    if (scaling != "none") {
        return Error{ErrorKind::Unsupported,
                     inQuotes(source.displayName()) + " stretches its positions by " + inQuotes(scaling) + ", which this build cannot do"};
    }
    return {};
}

/// The file's own word, where its rows are not paired as those of its architecture.
Result<void> readRopePairing(const ModelSource& source, const Family& family, ModelConfig& config) {
    const std::optional<std::string> stated = source.findString(kRopePairingKey);
    if (stated && stated != kHalfSplitPairs && stated != kInterleavedPairs) {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " pairs its rotations as " + inQuotes(*stated) +
                                                 "; this build knows half-split and interleaved pairs"};
    }
    config.ropePairing = family.ropePairing;
    if (stated) {
        config.ropePairing = *stated == kHalfSplitPairs ? RopePairing::HalfSplit : RopePairing::Interleaved;
    }
    return {};
}

/// Who sees whom, and which row predicts a slot.
Result<void> readDirection(const ModelSource& source, const Family& family, ModelConfig& config) {
    const std::string name = inQuotes(source.displayName());
    const bool causal = source.findBool(config.architecture + ".attention.causal").value_or(family.visibility == Visibility::Causal);
    if (causal && !family.mayBeCausal) {
        return Error{ErrorKind::Unsupported, name + " asks for causal attention; architecture " + config.architecture +
                                                 " denoises with attention in both directions"};
    }
    config.visibility = causal ? Visibility::Causal : Visibility::Full;
    config.shiftLogits = source.findBool("diffusion.shift_logits").value_or(family.shiftLogitsByDefault);
    if (causal && !config.shiftLogits) {
        return Error{ErrorKind::Unsupported, name +
                                                 " attends causally, but its row i predicts slot i, which stands open when the row is "
                                                 "computed; this build runs causal models whose row i predicts slot i + 1"};
    }
    return {};
}

/// The board that a file declares under our own keys; the canvas is then exactly as long as the board.
Result<void> readLayout(const ModelSource& source, ModelConfig& config) {
    const std::vector<std::string> keys = source.keys();
    const auto isOurs = [](const std::string& key) { return key.starts_with("crystallite.layout."); };
    if (std::none_of(keys.begin(), keys.end(), isOurs)) {
        return {};
    }
    MetadataReader metadata(source, "crystallite.layout");
    GridLayout layout{.rows = metadata.requiredCount("rows"), .columns = metadata.requiredCount("columns")};
    layout.boxRows = metadata.countOr("box_rows", layout.rows);
    layout.boxColumns = metadata.countOr("box_columns", layout.columns);
    if (metadata.error()) {
        return *metadata.error();
    }
    const std::string name = inQuotes(source.displayName());
    if (const std::string impossible = findContradiction(layout); !impossible.empty()) {
        return Error{ErrorKind::Corrupt, name + ": " + impossible};
    }
    if (layout.cells() != config.contextLength) {
        return Error{ErrorKind::Corrupt, name + " declares a grid of " + std::to_string(layout.cells()) + " cells and a canvas of " +
                                             std::to_string(config.contextLength) + " slots; they must be the same"};
    }
    if (config.isAutoregressive()) {
        return Error{ErrorKind::Unsupported, name + " declares a grid and causal attention; a grid is denoised in both directions"};
    }
    config.layout = layout;
    return {};
}

/// The vocabulary is as long as the embedding table; the metadata may say it again.
Result<uint32_t> readVocabulary(const ModelSource& source, const Family& family) {
    const StoredTensor* const embedding = source.findTensor("token_embd.weight");
    if (embedding == nullptr || embedding->dimensions.size() != 2 || embedding->dimensions[1] > std::numeric_limits<int32_t>::max()) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has no usable tensor token_embd.weight"};
    }
    const uint64_t rows = embedding->dimensions[1];
    const uint64_t declared = source.findUnsigned(std::string(family.architecture) + ".vocab_size").value_or(rows);
    if (declared != rows) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " declares a vocabulary of " + std::to_string(declared) +
                                             ", but token_embd.weight has " + std::to_string(rows) + " rows"};
    }
    return static_cast<uint32_t>(rows);
}

Result<TokenId> readMaskId(const ModelSource& source, const Family& family, const ModelConfig& config, const TokenizerData& tokenizer) {
    if (tokenizer.mask && *tokenizer.mask < config.vocabulary) {
        return *tokenizer.mask;
    }
    if (tokenizer.mask) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has mask id " + std::to_string(*tokenizer.mask) +
                                             " outside its vocabulary of " + std::to_string(config.vocabulary)};
    }
    if (config.vocabulary == family.undeclaredMaskVocabulary) {
        return family.undeclaredMaskId;
    }
    return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) +
                                             " does not say which token is the mask (tokenizer.ggml.mask_token_id is missing); convert the "
                                             "model again with a converter that writes it"};
}

/// Ends in the order eos, eot, pad, each once. The mask and every id without a text of its own may never be emitted.
Result<void> readTokenRoles(const ModelSource& source, const Family& family, ModelConfig& config) {
    const Result<TokenizerData> tokenizer = source.tokenizer();
    if (!tokenizer) {
        return tokenizer.error();
    }
    if (tokenizer->tokens.size() > config.vocabulary) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has " + std::to_string(tokenizer->tokens.size()) +
                                             " tokens, more than its vocabulary of " + std::to_string(config.vocabulary)};
    }
    const Result<TokenId> mask = readMaskId(source, family, config, *tokenizer);
    if (!mask) {
        return mask.error();
    }
    config.maskId = *mask;
    for (const std::optional<TokenId> end : {tokenizer->eos, tokenizer->eot, tokenizer->pad}) {
        if (end && *end < config.vocabulary && *end != config.maskId &&
            std::find(config.endIds.begin(), config.endIds.end(), *end) == config.endIds.end()) {
            config.endIds.push_back(*end);
        }
    }
    for (TokenId id = 0; id < config.vocabulary; ++id) {
        const bool named = id < tokenizer->tokens.size();
        const bool unused = !named || (!tokenizer->kinds.empty() && tokenizer->kinds[id] == TokenKind::Unused);
        if (id == config.maskId || unused) {
            config.forbiddenIds.push_back(id);
        }
    }
    if (config.forbiddenIds.size() >= config.vocabulary) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has no token that could be emitted"};
    }
    return {};
}

uint64_t countParameters(const ModelSource& source) {
    uint64_t total = 0;
    for (const StoredTensor& tensor : source.tensors()) {
        uint64_t elements = 1;
        for (const uint64_t dimension : tensor.dimensions) {
            elements *= dimension;
        }
        total += elements;
    }
    return total;
}

}  // namespace

Result<ModelConfig> readModelConfig(const ModelSource& source) {
    const std::string architecture = source.findString("general.architecture").value_or("");
    const Family* const family = findFamily(architecture);
    if (family == nullptr) {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " holds a model of architecture " + inQuotes(architecture) +
                                                 "; this build runs: " + supportedArchitectures()};
    }
    Result<ModelConfig> config = readSizes(source, *family);
    if (!config) {
        return config;
    }
    const Result<uint32_t> vocabulary = readVocabulary(source, *family);
    if (!vocabulary) {
        return vocabulary.error();
    }
    config->vocabulary = *vocabulary;
    config->qkvBias = family->qkvBias;
    config->qkNorm = family->qkNorm;
    config->learnedPositions = source.findTensor("position_embd.weight") != nullptr;
    config->tiedHead = source.findTensor("output.weight") == nullptr;
    config->parameters = countParameters(source);
    Result<void> checked = refuseUnknownSettings(source, *family);
    if (checked) {
        checked = readRopePairing(source, *family, *config);
    }
    if (checked) {
        checked = readDirection(source, *family, *config);
    }
    if (checked) {
        checked = readLayout(source, *config);
    }
    if (checked) {
        checked = checkTensors(source, *config);
    }
    if (checked) {
        checked = readTokenRoles(source, *family, *config);
    }
    if (!checked) {
        return checked.error();
    }
    return config;
}

}  // namespace crystallite
