#include "engine/model/families/family.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr std::array kFamilies = {
    // LLaDA-8B, LLaDA-1.5 (Nie et al., arXiv 2502.09992). Converters omit the mask id.
    Family{.name = "llada",
           .maskToken = "<|mdm_mask|>",
           .undeclaredMaskVocabularies = {126464},
           .undeclaredMaskId = 126336,
           .chatFormat = "llada"},
    // iLLaDA (arXiv 2606.25331): the same with grouped heads; its mask is declared nowhere.
    Family{.name = "illada", .maskToken = "<[MASK]>", .undeclaredMaskVocabularies = {155136}, .undeclaredMaskId = 5},
    // Dream, Dream-Coder (Ye et al., arXiv 2508.15487), DiffuCoder (arXiv 2506.20639): Qwen2.5's transformer without the causal mask; it
    // kept the next-token alignment.
    Family{.name = "dream",
           .qkvBias = true,
           .shiftLogitsByDefault = true,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {152064},
           .undeclaredMaskId = 151666,
           .chatFormat = "chatml-helpful"},
    // DreamOn: Dream with a token that makes room. Its files have Dream's architecture; the token tells.
    Family{.name = "dreamon",
           .qkvBias = true,
           .shiftLogitsByDefault = true,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {152064},
           .undeclaredMaskId = 151666,
           .chatFormat = "chatml-helpful",
           .tellingToken = "<|expand|>"},
    // open-dcoder-0.5B: Qwen2.5-Coder with an added mask.
    Family{.name = "open-dcoder", .qkvBias = true, .shiftLogitsByDefault = true, .maskToken = "<M>"},
    // Qwen2.5-Coder-0.5B-diffusion and Qwen3-0.6B-diffusion (dllm), masked variant: row i predicts slot i.
    // Qwen3's was trained on answers without thinking, which is another start of the answer than its template writes.
    Family{.name = "qwen2-mdlm", .qkvBias = true, .maskToken = "<|mask|>", .chatFormat = "chatml-qwen"},
    Family{.name = "qwen3-mdlm",
           .qkNorm = true,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669,
           .chatFormat = "chatml-no-thinking"},
    // DiffuGPT (Gong et al., arXiv 2410.17891): GPT-2's transformer. The small one uses a rare word as its mask.
    Family{.name = "diffugpt",
           .norm = NormKind::Layer,
           .feedForward = FeedForwardKind::Gelu,
           .qkvBias = true,
           .otherBias = true,
           .rope = false,
           .shiftLogitsByDefault = true,
           .maskToken = "[\u00a8M\u00a8]",
           .undeclaredMaskVocabularies = {50257, 50258},
           .undeclaredMaskId = 10541},
    // DiffuLLaMA, by the same: Llama-2's transformer, and a rare word again.
    Family{.name = "diffullama", .shiftLogitsByDefault = true, .undeclaredMaskVocabularies = {32000}, .undeclaredMaskId = 811},
    // SMDM (arXiv 2410.18514): the mask is the row behind the vocabulary, which the head does not have.
    Family{.name = "smdm", .undeclaredMaskVocabularies = {32001, 32064}, .undeclaredMaskId = 32000},
    // SDAR (arXiv 2510.06303) and TraDo (arXiv 2509.06949): Qwen3 that denoises block by block. Their variants have other block lengths.
    Family{.name = "sdar",
           .qkNorm = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 4,
           .maskToken = "<|MASK|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669,
           .chatFormat = "chatml",
           .tellingToken = "<|MASK|>"},
    // DreamReasoner-8B (arXiv 2606.19257): the same of Qwen3-8B.
    Family{.name = "dream-reasoner",
           .qkNorm = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 32,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669,
           .chatFormat = "chatml"},
    // Qwen3-0.6B-diffusion and Qwen2.5-Coder-0.5B-diffusion (dllm), block variant (BD3-LM, arXiv 2503.09573).
    Family{.name = "qwen3-bd3lm",
           .qkNorm = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 32,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669,
           .chatFormat = "chatml-no-thinking"},
    Family{.name = "qwen2-bd3lm",
           .qkvBias = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 32,
           .maskToken = "<|mask|>",
           .chatFormat = "chatml-qwen"},
    // Fast-dLLM v2 (arXiv 2509.26328): Qwen2.5, which kept the next-token alignment inside its blocks.
    Family{.name = "fast-dllm-v2",
           .qkvBias = true,
           .shiftLogitsByDefault = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 32,
           .maskToken = "|<MASK>|",
           .undeclaredMaskVocabularies = {151936, 152064},
           .undeclaredMaskId = 151665,
           .chatFormat = "chatml-qwen",
           .tellingToken = "|<MASK>|"},
    // Stable-DiffCoder-8B: Seed-Coder's transformer, which is Llama's.
    Family{.name = "stable-diffcoder",
           .visibility = Visibility::BlockCausal,
           .blockLength = 4,
           .maskToken = "<[MASK]>",
           .undeclaredMaskVocabularies = {155136},
           .undeclaredMaskId = 5},
    // What these were made from: LLaMA (Touvron et al., arXiv 2302.13971), Qwen2.5 (arXiv 2412.15115) and Qwen3 (arXiv 2505.09388), the
    // same blocks, causal; row i predicts token i + 1.
    Family{.name = "llama", .shiftLogitsByDefault = true, .visibility = Visibility::Causal, .mayBeCausal = true, .hasMask = false},
    Family{.name = "qwen2",
           .qkvBias = true,
           .shiftLogitsByDefault = true,
           .visibility = Visibility::Causal,
           .mayBeCausal = true,
           .hasMask = false,
           .chatFormat = "chatml-qwen"},
    Family{.name = "qwen3",
           .qkNorm = true,
           .shiftLogitsByDefault = true,
           .visibility = Visibility::Causal,
           .mayBeCausal = true,
           .hasMask = false,
           .chatFormat = "chatml"},
    // LLaDA-MoE-7B-A1B (inclusionAI/dInfer; llama.cpp `llada-moe.cpp`): OLMoE's blocks, the weights of the chosen keep their sum.
    Family{.name = "llada-moe",
           .qkNorm = true,
           .mixture = true,
           .routing = {.renormalise = false},
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {157184},
           .undeclaredMaskId = 156895,
           .chatFormat = "llada-moe"},
    // RND1-Base (RadicalNumerics/RND1): Qwen3-MoE's transformer without the causal mask; it kept the next-token alignment.
    Family{.name = "rnd1",
           .qkNorm = true,
           .mixture = true,
           .shiftLogitsByDefault = true,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669},
    // SDAR-30B-A3B (JetAstra/SDAR): Qwen3-MoE's transformer, block by block.
    Family{.name = "sdar-moe",
           .qkNorm = true,
           .mixture = true,
           .visibility = Visibility::BlockCausal,
           .blockLength = 4,
           .maskToken = "<|MASK|>",
           .undeclaredMaskVocabularies = {151936},
           .undeclaredMaskId = 151669,
           .chatFormat = "chatml"},
    // LLaDA2.0 and 2.1, mini and flash (inclusionAI/LLaDA2.X): Ling's blocks with shared experts and routing in groups.
    Family{.name = "llada2",
           .qkNorm = true,
           .mixture = true,
           .routing = {.score = RouterScore::Sigmoid, .renormalise = true, .scale = 2.5F, .groups = 8, .groupsUsed = 4},
           .visibility = Visibility::BlockCausal,
           .blockLength = 32,
           .maskToken = "<|mask|>",
           .undeclaredMaskVocabularies = {157184},
           .undeclaredMaskId = 156895,
           .chatFormat = "llada-moe"},
    // Ours, for what no other program's architecture expresses (learned positions, a board): every part is declared in the file.
    Family{.name = "crystallite", .mayBeCausal = true},
};

constexpr std::array kArchitectures = {
    // llama.cpp's converters reorder the rows of q and k of these two to interleaved pairs.
    Architecture{.name = "llada", .ropePairing = RopePairing::Interleaved, .families = {"llada"}},
    Architecture{.name = "llama",
                 .ropePairing = RopePairing::Interleaved,
                 .families = {"diffullama", "smdm", "stable-diffcoder", "llama"},
                 .saysFamily = false,
                 .causalFamily = "llama"},
    Architecture{.name = "dream", .families = {"dream", "dreamon"}},
    Architecture{.name = "qwen2",
                 .families = {"open-dcoder", "qwen2-mdlm", "qwen2-bd3lm", "fast-dllm-v2", "qwen2"},
                 .saysFamily = false,
                 .causalFamily = "qwen2"},
    Architecture{.name = "qwen3",
                 .families = {"qwen3-mdlm", "qwen3-bd3lm", "sdar", "dream-reasoner", "qwen3"},
                 .saysFamily = false,
                 .causalFamily = "qwen3"},
    Architecture{.name = "llada-moe", .families = {"llada-moe"}},
    Architecture{.name = "rnd1", .families = {"rnd1"}},
    Architecture{.name = "qwen3moe", .families = {"sdar-moe"}, .saysFamily = false},
    Architecture{.name = "bailingmoe2", .families = {"llada2"}, .saysFamily = false},
    Architecture{.name = "llada2", .families = {"llada2"}},
    Architecture{.name = "gpt2", .families = {"diffugpt"}, .saysFamily = false},
    Architecture{.name = "crystallite", .families = {"crystallite"}},
    // Checkpoints translated from a Hugging Face folder are called by their family.
    Architecture{.name = "illada", .families = {"illada"}},
    Architecture{.name = "dreamon", .families = {"dreamon"}},
    Architecture{.name = "open-dcoder", .families = {"open-dcoder"}},
    Architecture{.name = "qwen2-mdlm", .families = {"qwen2-mdlm"}},
    Architecture{.name = "qwen3-mdlm", .families = {"qwen3-mdlm"}},
    Architecture{.name = "sdar-moe", .families = {"sdar-moe"}},
    Architecture{.name = "diffugpt", .families = {"diffugpt"}},
    Architecture{.name = "diffullama", .families = {"diffullama"}},
    Architecture{.name = "smdm", .families = {"smdm"}},
    Architecture{.name = "sdar", .families = {"sdar"}},
    Architecture{.name = "dream-reasoner", .families = {"dream-reasoner"}},
    Architecture{.name = "qwen3-bd3lm", .families = {"qwen3-bd3lm"}},
    Architecture{.name = "qwen2-bd3lm", .families = {"qwen2-bd3lm"}},
    Architecture{.name = "fast-dllm-v2", .families = {"fast-dllm-v2"}},
    Architecture{.name = "stable-diffcoder", .families = {"stable-diffcoder"}},
};

template <typename Rows>
auto findByName(const Rows& rows, std::string_view name) {
    const auto* const found = std::find_if(rows.begin(), rows.end(), [name](const auto& row) { return row.name == name; });
    return found == rows.end() ? nullptr : found;
}

}  // namespace

std::span<const Family> families() {
    return kFamilies;
}

const Family* findFamily(std::string_view name) {
    return findByName(kFamilies, name);
}

const Architecture* findArchitecture(std::string_view name) {
    return findByName(kArchitectures, name);
}

std::string supportedArchitectures() {
    std::string names;
    for (const Architecture& architecture : kArchitectures) {
        names.append(names.empty() ? "" : ", ").append(architecture.name);
    }
    return names;
}

}  // namespace crystallite
