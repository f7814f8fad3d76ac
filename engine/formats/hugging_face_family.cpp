#include "engine/formats/hugging_face_family.h"

#include "engine/base/in_quotes.h"
#include "engine/base/join.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace crystallite {
namespace {

constexpr HuggingFaceAttention kBlocks = HuggingFaceAttention::Blocks;
constexpr HuggingFaceAttention kLeftToRight = HuggingFaceAttention::LeftToRight;

constexpr std::array kFamilies = {
    // LLaDA-8B, LLaDA-1.5 (Nie et al., arXiv 2502.09992).
    HuggingFaceFamily{.architecture = "llada", .style = NamingStyle::Olmo, .endOfTurn = "<|eot_id|>"},
    // iLLaDA-8B (arXiv 2606.25331).
    HuggingFaceFamily{.architecture = "illada"},
    // Dream-7B, Dream-Coder (arXiv 2508.15487), DiffuCoder (arXiv 2506.20639).
    HuggingFaceFamily{.architecture = "dream", .shiftLogits = true, .qkvBias = true, .endOfTurn = "<|im_end|>"},
    // DreamOn-7B: Dream with a token that becomes two masks.
    HuggingFaceFamily{.architecture = "dreamon", .shiftLogits = true, .qkvBias = true},
    // open-dcoder-0.5B: Qwen2.5-Coder with an added mask.
    HuggingFaceFamily{.architecture = "open-dcoder", .shiftLogits = true, .qkvBias = true, .endOfTurn = "<|im_end|>"},
    // Qwen3-0.6B-diffusion-mdlm and Qwen2.5-Coder-0.5B-Instruct-diffusion-mdlm (dllm).
    HuggingFaceFamily{.architecture = "qwen3-mdlm", .qkNorm = true, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "qwen2-mdlm", .qkvBias = true, .endOfTurn = "<|im_end|>"},
    // DiffuGPT and DiffuLLaMA (arXiv 2410.17891).
    HuggingFaceFamily{.architecture = "diffugpt", .style = NamingStyle::Gpt2, .shiftLogits = true, .layerNorm = true},
    HuggingFaceFamily{.architecture = "diffullama", .shiftLogits = true},
    // SMDM (arXiv 2410.18514): the mask is the row behind the padded vocabulary.
    HuggingFaceFamily{.architecture = "smdm", .style = NamingStyle::LitGpt},
    // SDAR (arXiv 2510.06303), TraDo (arXiv 2509.06949), DreamReasoner (arXiv 2606.19257) and dllm's block variants.
    HuggingFaceFamily{.architecture = "sdar", .qkNorm = true, .attention = kBlocks, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "dream-reasoner", .qkNorm = true, .attention = kBlocks, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "qwen3-bd3lm", .qkNorm = true, .attention = kBlocks, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "qwen2-bd3lm", .qkvBias = true, .attention = kBlocks, .endOfTurn = "<|im_end|>"},
    // Fast-dLLM v2 (arXiv 2509.26328) and Stable-DiffCoder.
    HuggingFaceFamily{
        .architecture = "fast-dllm-v2", .shiftLogits = true, .qkvBias = true, .attention = kBlocks, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "stable-diffcoder", .attention = kBlocks},
    // What these were made from.
    HuggingFaceFamily{.architecture = "llama", .shiftLogits = true, .attention = kLeftToRight},
    HuggingFaceFamily{.architecture = "qwen2", .shiftLogits = true, .qkvBias = true, .attention = kLeftToRight, .endOfTurn = "<|im_end|>"},
    HuggingFaceFamily{.architecture = "qwen3", .shiftLogits = true, .qkNorm = true, .attention = kLeftToRight, .endOfTurn = "<|im_end|>"},
    // LLaDA-MoE-7B-A1B.
    HuggingFaceFamily{.architecture = "llada-moe", .qkNorm = true, .mixture = MixtureFields::LladaMoe, .endOfTurn = "<|role_end|>"},
    // RND1-Base: Qwen3-MoE.
    HuggingFaceFamily{.architecture = "rnd1", .shiftLogits = true, .qkNorm = true, .mixture = MixtureFields::Qwen3},
    // SDAR-30B-A3B: Qwen3-MoE, block by block.
    HuggingFaceFamily{
        .architecture = "sdar-moe", .qkNorm = true, .attention = kBlocks, .mixture = MixtureFields::Qwen3, .endOfTurn = "<|im_end|>"},
    // LLaDA2.0 and 2.1.
    HuggingFaceFamily{.architecture = "llada2",
                      .style = NamingStyle::Bailing,
                      .qkNorm = true,
                      .attention = kBlocks,
                      .mixture = MixtureFields::Bailing,
                      .endOfTurn = "<|role_end|>"},
};

/// A `model_type` or class name with the families that its weights can be; the first where a rule below does not say otherwise.
struct CheckpointType {
    std::string_view modelType;
    std::string_view className;
    std::array<std::string_view, 5> families;
    bool alsoAutoregressive = false;  ///< the type alone does not say that it is a diffusion model
};

constexpr std::array kTypes = {
    CheckpointType{"llada", "LLaDAModelLM", {"llada"}},
    CheckpointType{"lladamoe", "LLaDAMoEModelLM", {"llada-moe"}},
    CheckpointType{"lladamoe", "LLaDAMoEModel", {"llada-moe"}},
    CheckpointType{"rnd1", "RND1", {"rnd1"}},
    CheckpointType{"sdar_moe", "SDARMoeForCausalLM", {"sdar-moe"}},
    CheckpointType{"llada2_moe", "LLaDA2MoeModelLM", {"llada2"}},
    CheckpointType{"llada21_moe", "LLaDA2MoeModelLM", {"llada2"}},
    CheckpointType{"llada2_moe_veomni", "LLaDA2MoeModelLM", {"llada2"}},
    CheckpointType{"illada", "ILLaDAForCausalLM", {"illada"}},
    CheckpointType{"Dream", "DreamModel", {"dream", "dreamon", "dream-reasoner"}},
    CheckpointType{"sdar", "SDARForCausalLM", {"sdar"}},
    CheckpointType{"Fast_dLLM_Qwen", "Fast_dLLM_QwenForCausalLM", {"fast-dllm-v2"}},
    CheckpointType{"a2d-qwen3", "A2DQwen3LMHeadModel", {"qwen3-mdlm", "qwen3-bd3lm"}},
    CheckpointType{"a2d-qwen2", "A2DQwen2LMHeadModel", {"qwen2-mdlm", "qwen2-bd3lm"}},
    CheckpointType{"qwen2", "Qwen2ForCausalLM", {"open-dcoder", "qwen2-mdlm", "qwen2-bd3lm", "dream", "qwen2"}, true},
    CheckpointType{"qwen3", "Qwen3ForCausalLM", {"qwen3-mdlm", "qwen3-bd3lm", "qwen3"}, true},
    CheckpointType{"gpt2", "GPT2LMHeadModel", {"diffugpt"}, true},
    CheckpointType{"llama", "LlamaForCausalLM", {"diffullama", "stable-diffcoder", "llama"}, true},
    CheckpointType{"smdm", "TransEncoder", {"smdm"}},
};

std::string textField(const nlohmann::json& config, const char* field) {
    const auto found = config.find(field);
    return found != config.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string className(const nlohmann::json& config) {
    const auto found = config.find("architectures");
    const bool named = found != config.end() && found->is_array() && !found->empty() && found->front().is_string();
    return named ? found->front().get<std::string>() : std::string();
}

bool isGiven(const nlohmann::json& config, const char* field) {
    const auto found = config.find(field);
    return found != config.end() && !found->is_null();
}

bool hasExperts(const nlohmann::json& config) {
    return isGiven(config, "num_experts") || isGiven(config, "n_routed_experts") || isGiven(config, "num_local_experts");
}

const CheckpointType* findType(const nlohmann::json& config, const FolderEvidence& evidence) {
    std::string type = textField(config, "model_type");
    const std::string name = className(config);
    if (type.empty() && name.empty() && (isGiven(config, "n_query_groups") || evidence.hasTensor("transformer.h.0.attn.attn.weight"))) {
        type = "smdm";
    }
    // LLaDA-MoE's own tools write LLaDA's type too; the experts tell.
    if (hasExperts(config) && (type == "llada" || type == "sdar")) {
        type += type == "llada" ? "moe" : "_moe";
    }
    const auto* found = std::find_if(kTypes.begin(), kTypes.end(), [&](const CheckpointType& known) { return known.className == name; });
    if (found == kTypes.end()) {
        found = std::find_if(kTypes.begin(), kTypes.end(),
                             [&](const CheckpointType& known) { return known.modelType == type && !type.empty(); });
    }
    return found == kTypes.end() ? nullptr : found;
}

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::vector<std::string> familiesOf(const CheckpointType& type) {
    std::vector<std::string> names;
    for (const std::string_view family : type.families) {
        if (!family.empty()) {
            names.emplace_back(family);
        }
    }
    return names;
}

Error unsupported(const FolderEvidence& evidence, const std::string& what) {
    return {ErrorKind::Unsupported, inQuotes(evidence.displayName) + " holds " + what +
                                        "; this build runs from Hugging Face folders: " + supportedHuggingFaceFamilies()};
}

Error ambiguous(const FolderEvidence& evidence, const std::string& what, std::vector<std::string> families) {
    return {ErrorKind::Ambiguous, inQuotes(evidence.displayName) + " " + what + "; say which it is: " + joined(families, ", "), families};
}

/// The field of config.json that gives the length of a block; null: there is none.
const char* findBlockField(const nlohmann::json& config) {
    const auto* const found =
        std::find_if(kBlockFields.begin(), kBlockFields.end(), [&config](const char* field) { return isGiven(config, field); });
    return found == kBlockFields.end() ? nullptr : *found;
}

/// Checkpoints that share their type with a supported family and need another feed-forward.
std::optional<Error> findUnsupportedVariant(const CheckpointType& type, const nlohmann::json& config, const FolderEvidence& evidence) {
    if (hasExperts(config) && findHuggingFaceFamily(type.families.front())->mixture == MixtureFields::None) {
        return unsupported(evidence,
                           "a mixture of experts (num_experts is given), which its type " + inQuotes(type.modelType) + " has not");
    }
    return std::nullopt;
}

/// A family whose slots see the whole text would make nonsense of a model that attends block by block. lit-gpt calls the context length a
/// block.
Result<const HuggingFaceFamily*> withFittingBlocks(const HuggingFaceFamily& family, const nlohmann::json& config,
                                                   const FolderEvidence& evidence) {
    const char* const field = family.style == NamingStyle::LitGpt ? nullptr : findBlockField(config);
    if (field != nullptr && family.attention != HuggingFaceAttention::Blocks) {
        return unsupported(evidence, "a model that attends block by block (" + std::string(field) + " is given), which " +
                                         inQuotes(family.architecture) + " does not");
    }
    return &family;
}

/// The family's name, where the type alone leaves a choice.
Result<std::string> chooseFamily(const CheckpointType& type, const nlohmann::json& config, const FolderEvidence& evidence) {
    const std::string names = lowerCase(evidence.pathNames + " " + textField(config, "_name_or_path"));
    const bool wrapped = evidence.hasTensor("embed_tokens.weight") &&
                         (evidence.hasTensor("denoise_model.ln_f.weight") || evidence.hasTensor("denoise_model.norm.weight"));
    if (type.modelType == "Dream") {
        const bool inBlocks = findBlockField(config) != nullptr;
        return std::string(inBlocks ? "dream-reasoner" : evidence.vocabularyHolds("<|expand|>") ? "dreamon" : "dream");
    }
    if (type.modelType == "qwen2" && (names.find("dcoder") != std::string::npos || names.find("open-dllm") != std::string::npos)) {
        return std::string("open-dcoder");
    }
    if (type.modelType == "llama" && names.find("diffcoder") != std::string::npos) {
        return std::string("stable-diffcoder");
    }
    if (type.modelType.starts_with("a2d-")) {
        const bool masked = names.find("mdlm") != std::string::npos;
        const bool inBlocks = names.find("bd3lm") != std::string::npos;
        if (masked == inBlocks) {
            return ambiguous(evidence, "may be an mdlm or a bd3lm model: only the name of its folder would say so", familiesOf(type));
        }
        return std::string(type.families[inBlocks ? 1 : 0]);
    }
    if (type.alsoAutoregressive && !wrapped) {
        return ambiguous(evidence,
                         "is of type " + inQuotes(type.modelType) +
                             ", which is autoregressive unless somebody made a diffusion model of it, and nothing in it says which",
                         familiesOf(type));
    }
    return std::string(type.families.front());
}

}  // namespace

const HuggingFaceFamily* findHuggingFaceFamily(std::string_view architecture) {
    const auto* const found = std::find_if(kFamilies.begin(), kFamilies.end(),
                                           [architecture](const HuggingFaceFamily& family) { return family.architecture == architecture; });
    return found == kFamilies.end() ? nullptr : found;
}

std::string supportedHuggingFaceFamilies() {
    std::string names;
    for (const HuggingFaceFamily& family : kFamilies) {
        names.append(names.empty() ? "" : ", ").append(family.architecture);
    }
    return names;
}

Result<const HuggingFaceFamily*> recogniseFamily(const nlohmann::json& config, const FolderEvidence& evidence) {
    const CheckpointType* const type = findType(config, evidence);
    if (type == nullptr) {
        return unsupported(
            evidence, "a checkpoint of type " + inQuotes(textField(config, "model_type")) + " and class " + inQuotes(className(config)));
    }
    if (const std::optional<Error> variant = findUnsupportedVariant(*type, config, evidence)) {
        return *variant;
    }
    if (!evidence.chosen.empty()) {
        const std::vector<std::string> possible = familiesOf(*type);
        if (std::find(possible.begin(), possible.end(), evidence.chosen) == possible.end()) {
            return Error{ErrorKind::InvalidArgument, inQuotes(evidence.displayName) + " is of type " + inQuotes(type->modelType) +
                                                         " and cannot be " + inQuotes(evidence.chosen) +
                                                         "; it can be: " + joined(possible, ", ")};
        }
        return withFittingBlocks(*findHuggingFaceFamily(evidence.chosen), config, evidence);
    }
    const Result<std::string> name = chooseFamily(*type, config, evidence);
    if (!name) {
        return name.error();
    }
    return withFittingBlocks(*findHuggingFaceFamily(*name), config, evidence);
}

}  // namespace crystallite
