#include "engine/model/model_config.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/families/family_choice.h"
#include "engine/model/metadata_reader.h"
#include "engine/model/mixture_config.h"
#include "engine/model/tensor_check.h"
#include "engine/model/token_roles.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

constexpr std::string_view kDiffusionKeys = "diffusion";

/// Metadata -> sizes. Kept apart from the tensors: those are compared with what stands here.
Result<ModelConfig> readSizes(const ModelSource& source, const FamilyChoice& choice) {
    const Family& family = choice.family;
    MetadataReader metadata(source, choice.architecture.name);
    ModelConfig config;
    config.architecture = choice.architecture.name;
    config.family = family.name;
    config.name = source.findString("general.name").value_or(source.displayName());
    config.layers = metadata.requiredCount("block_count");
    config.width = metadata.requiredCount("embedding_length");
    // A mixture without dense layers has no other feed-forward.
    config.feedForward = family.mixture ? metadata.countOrNone("feed_forward_length", 0) : metadata.requiredCount("feed_forward_length");
    config.contextLength = metadata.requiredCount("context_length");
    config.heads = metadata.requiredCount("attention.head_count");
    config.kvHeads = metadata.countOr("attention.head_count_kv", config.heads);
    config.headDim = metadata.countOr("attention.key_length", config.heads == 0 ? 0 : config.width / config.heads);
    const uint32_t valueDim = metadata.countOr("attention.value_length", config.headDim);
    config.rotaryDims = metadata.countOrNone("rope.dimension_count", family.rope ? config.headDim : 0);
    config.ropeTheta = metadata.floatOr("rope.freq_base", 10000.0);
    config.normEpsilon = static_cast<float>(
        metadata.requiredFloat(family.norm == NormKind::Layer ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon"));
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
Result<void> refuseUnknownSettings(const ModelSource& source, const ModelConfig& config) {
    const std::string scaling = source.findString(config.architecture + ".rope.scaling.type").value_or("none");
    if (scaling != "none") {
        return Error{ErrorKind::Unsupported,
                     inQuotes(source.displayName()) + " stretches its positions by " + inQuotes(scaling) + ", which this build cannot do"};
    }
    return {};
}

/// Of the blocks that a family denoises one after another.
Result<void> readBlockLength(const ModelSource& source, const Family& family, ModelConfig& config) {
    const std::string name = inQuotes(source.displayName());
    MetadataReader metadata(source, kDiffusionKeys);
    const uint32_t declared = metadata.countOr("block_length", 0);
    if (metadata.error()) {
        return *metadata.error();
    }
    if (config.visibility != Visibility::BlockCausal) {
        return declared == 0 ? Result<void>()
                             : Error{ErrorKind::Unsupported, name + " declares blocks of " + std::to_string(declared) +
                                                                 " slots; models of the family " + config.family + " have none"};
    }
    if (declared > config.contextLength) {
        return Error{ErrorKind::Corrupt, name + " declares blocks of " + std::to_string(declared) + " slots in a context of " +
                                             std::to_string(config.contextLength)};
    }
    config.blockLength = declared == 0 ? family.blockLength : declared;
    return {};
}

/// Who sees whom, and which row predicts a slot.
Result<void> readDirection(const ModelSource& source, const Family& family, ModelConfig& config) {
    const std::string name = inQuotes(source.displayName());
    const bool causal = source.findBool(config.architecture + ".attention.causal").value_or(family.visibility == Visibility::Causal);
    if (causal && !family.mayBeCausal) {
        return Error{ErrorKind::Unsupported, name + " asks for causal attention; models of the family " + config.family +
                                                 " denoise with attention in both directions"};
    }
    if (!causal && family.visibility == Visibility::Causal) {
        return Error{ErrorKind::Unsupported,
                     name + " asks for attention in both directions; models of the family " + config.family + " write from left to right"};
    }
    config.visibility = causal ? Visibility::Causal : family.visibility;
    if (const Result<void> blocks = readBlockLength(source, family, config); !blocks) {
        return blocks;
    }
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

/// Rows of a matrix that is as wide as the residual stream; 0 when there is no usable one of that name.
uint32_t rowsOf(const ModelSource& source, std::string_view name) {
    const StoredTensor* const tensor = source.findTensor(name);
    const bool usable = tensor != nullptr && tensor->dimensions.size() == 2 && tensor->dimensions[1] <= std::numeric_limits<int32_t>::max();
    return usable ? static_cast<uint32_t>(tensor->dimensions[1]) : 0;
}

/// The vocabulary is as long as the embedding table, the output vocabulary as long as the head; the metadata may say one of them again.
Result<void> readVocabularies(const ModelSource& source, ModelConfig& config) {
    const std::string name = inQuotes(source.displayName());
    config.tiedHead = source.findTensor("output.weight") == nullptr;
    config.vocabulary = rowsOf(source, "token_embd.weight");
    config.outputVocabulary = config.tiedHead ? config.vocabulary : rowsOf(source, "output.weight");
    if (config.vocabulary == 0) {
        return Error{ErrorKind::Corrupt, name + " has no usable tensor token_embd.weight"};
    }
    if (config.outputVocabulary == 0 || config.outputVocabulary > config.vocabulary) {
        return Error{ErrorKind::Corrupt, name + " has a tensor output.weight of " + std::to_string(config.outputVocabulary) +
                                             " rows; it needs at least one and at most the " + std::to_string(config.vocabulary) +
                                             " of token_embd.weight"};
    }
    const uint64_t declared = source.findUnsigned(config.architecture + ".vocab_size").value_or(config.vocabulary);
    if (declared != config.vocabulary && declared != config.outputVocabulary) {
        return Error{ErrorKind::Corrupt, name + " declares a vocabulary of " + std::to_string(declared) + ", but token_embd.weight has " +
                                             std::to_string(config.vocabulary) + " rows"};
    }
    return {};
}

/// What the family implies, and what the tensors themselves show.
void readParts(const ModelSource& source, const FamilyChoice& choice, ModelConfig& config) {
    const Family& family = choice.family;
    config.ropePairing = choice.ropePairing;
    config.norm = family.norm;
    config.feedForwardKind = family.feedForward;
    config.qkvBias = family.qkvBias;
    config.otherBias = family.otherBias;
    config.qkNorm = family.qkNorm;
    config.fusedQkv = source.findTensor("blk.0.attn_qkv.weight") != nullptr;
    config.learnedPositions = source.findTensor("position_embd.weight") != nullptr;
}

void setParameterCounts(const ModelSource& source, ModelConfig& config) {
    config.parameters = countParameters(source);
    config.activeParameters = config.parameters;
    if (!config.mixture) {
        return;
    }
    for (const StoredTensor& tensor : source.tensors()) {
        if (tensor.name.ends_with("_exps.weight")) {
            const uint64_t perExpert = countElements(tensor) / config.mixture->experts;
            config.activeParameters -= perExpert * (config.mixture->experts - config.mixture->used);
        }
    }
}

/// The experts of a family that has them.
Result<void> readExperts(const ModelSource& source, const Family& family, ModelConfig& config) {
    if (!family.mixture) {
        return {};
    }
    Result<Mixture> mixture = readMixture(source, family, config);
    if (!mixture) {
        return mixture.error();
    }
    config.mixture = *mixture;
    if (mixture->denseLayers > 0 && config.feedForward == 0) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + ": " + config.architecture +
                                             ".feed_forward_length is missing, the width of its dense layers"};
    }
    return {};
}

}  // namespace

Result<ModelConfig> readModelConfig(const ModelSource& source) {
    const Result<FamilyChoice> choice = chooseFamily(source);
    if (!choice) {
        return choice.error();
    }
    Result<ModelConfig> config = readSizes(source, *choice);
    if (!config) {
        return config;
    }
    readParts(source, *choice, *config);
    Result<void> checked = readExperts(source, choice->family, *config);
    if (!checked) {
        return checked.error();
    }
    setParameterCounts(source, *config);
    checked = readVocabularies(source, *config);
    if (checked) {
        checked = refuseUnknownSettings(source, *config);
    }
    if (checked) {
        checked = readDirection(source, choice->family, *config);
    }
    if (checked) {
        checked = readLayout(source, *config);
    }
    if (checked) {
        checked = checkTensors(source, *config);
    }
    if (checked) {
        checked = readTokenRoles(source, choice->family, *config);
    }
    if (!checked) {
        return checked.error();
    }
    return config;
}

}  // namespace crystallite
