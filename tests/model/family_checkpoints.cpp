#include "tests/model/family_checkpoints.h"

#include <initializer_list>

namespace crystallite {
namespace {

void addFamilies(std::vector<Checkpoint>& all, std::initializer_list<const char*> families, const char* format) {
    for (const char* const family : families) {
        all.push_back({.file = std::string(family) + "." + family, .family = family, .format = format});
        all.push_back({.file = family, .family = family, .format = format, .isFolder = true});
    }
}

/// Mixtures of experts: routings of every kind, ties included, shared experts, dense layers, gate and up in one tensor. With 16 bits in
/// BF16.
std::vector<Checkpoint> mixtures() {
    std::vector<Checkpoint> all = {
        {.file = "rnd1.rnd1.gate-up", .family = "rnd1"},
        {.file = "sdar-moe.qwen3moe", .family = "sdar-moe"},
        {.file = "llada2.bailingmoe2", .family = "llada2"},
    };
    for (const char* const format : {"F32", "BF16"}) {
        for (const char* const variant : {"llada-moe-ties", "llada-moe-all", "llada2-ties"}) {
            const std::string family = std::string(variant).starts_with("llada2") ? "llada2" : "llada-moe";
            all.push_back({.file = std::string(variant) + "." + family, .family = family, .format = format, .logits = variant});
        }
        for (const char* const family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
            all.push_back({.file = std::string(family) + "." + family, .family = family, .format = format});
            all.push_back({.file = family, .family = family, .format = format, .isFolder = true});
        }
    }
    return all;
}

}  // namespace

std::vector<Checkpoint> familyCheckpoints() {
    std::vector<Checkpoint> all = {
        {.file = "llada.llada.half-split", .family = "llada"},
        {.file = "dreamon.dream", .family = "dreamon"},
        {.file = "open-dcoder.qwen2", .family = "open-dcoder"},
        {.file = "qwen2-mdlm.qwen2", .family = "qwen2-mdlm"},
        {.file = "qwen3-mdlm.qwen3", .family = "qwen3-mdlm"},
        {.file = "diffugpt.gpt2", .family = "diffugpt"},
        {.file = "diffugpt.gpt2", .family = "diffugpt", .format = "F16"},
        {.file = "diffullama.llama", .family = "diffullama"},
        {.file = "smdm.llama", .family = "smdm"},
        {.file = "sdar.qwen3", .family = "sdar"},
        {.file = "sdar-b8.sdar", .family = "sdar", .logits = "sdar-b8"},
        {.file = "sdar-b8.qwen3", .family = "sdar", .logits = "sdar-b8"},
        {.file = "sdar-b8", .family = "sdar", .logits = "sdar-b8", .isFolder = true},
        {.file = "dream-reasoner.qwen3", .family = "dream-reasoner"},
        {.file = "qwen3-bd3lm.qwen3", .family = "qwen3-bd3lm"},
        {.file = "qwen2-bd3lm.qwen2", .family = "qwen2-bd3lm"},
        {.file = "fast-dllm-v2.qwen2", .family = "fast-dllm-v2"},
        {.file = "stable-diffcoder.llama", .family = "stable-diffcoder"},
        {.file = "llama.llama.causal", .family = "llama"},
        {.file = "qwen2.qwen2.causal", .family = "qwen2"},
        {.file = "qwen3.qwen3.causal", .family = "qwen3"},
    };
    for (const char* const format : {"F32", "F16", "BF16"}) {
        all.push_back({.file = "crystallite.crystallite", .family = "crystallite", .format = format});  // has no folders
    }
    for (const char* const format : {"F32", "F16", "BF16"}) {
        all.push_back({.file = "llada-partial.llada", .family = "llada", .format = format, .logits = "llada-partial"});
        addFamilies(all,
                    {"llada", "illada", "dream", "dreamon", "open-dcoder", "qwen2-mdlm", "qwen3-mdlm", "diffugpt", "diffullama", "smdm"},
                    format);
    }
    for (const char* const format : {"F32", "BF16"}) {
        addFamilies(all,
                    {"sdar", "dream-reasoner", "qwen3-bd3lm", "qwen2-bd3lm", "fast-dllm-v2", "stable-diffcoder", "llama", "qwen2", "qwen3"},
                    format);
    }
    for (const Checkpoint& mixture : mixtures()) {
        all.push_back(mixture);
    }
    return all;
}

}  // namespace crystallite
