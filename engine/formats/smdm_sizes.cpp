#include "engine/formats/smdm_sizes.h"

#include <algorithm>
#include <array>
#include <string>

namespace crystallite {
namespace {

struct PublishedSize {
    uint64_t width, feedForward, heads;
};

/// ML-GSAI/SMDM `lit_gpt/config.py`, Diff_LLaMA_6M … _2121M: 31 models that differ in depth share these.
constexpr std::array<PublishedSize, 15> kPublished = {{{256, 1024, 4},
                                                       {384, 1536, 6},
                                                       {512, 2048, 8},
                                                       {576, 2304, 9},
                                                       {640, 2560, 10},
                                                       {640, 1600, 8},
                                                       {768, 3072, 12},
                                                       {896, 3584, 14},
                                                       {1024, 4096, 16},
                                                       {1280, 5120, 10},
                                                       {1408, 5632, 11},
                                                       {1536, 6144, 12},
                                                       {1792, 7168, 14},
                                                       {2048, 8192, 16},
                                                       {2176, 8704, 17}}};

/// Every published model was trained on this many tokens at a time.
constexpr uint64_t kContextLength = 2048;

bool isMatrix(const SafetensorsTensor* tensor) {
    return tensor != nullptr && tensor->shape.size() == 2;
}

}  // namespace

std::optional<nlohmann::json> smdmConfigOf(const SafetensorsFolder& checkpoint) {
    const SafetensorsTensor* const head = checkpoint.find("lm_head.weight");
    const SafetensorsTensor* const gate = checkpoint.find("transformer.h.0.mlp.swiglu.w1.weight");
    if (!isMatrix(head) || !isMatrix(gate) || checkpoint.find("transformer.h.0.attn.attn.weight") == nullptr) {
        return std::nullopt;
    }
    const uint64_t width = head->shape[1];
    const uint64_t feedForward = gate->shape[0];
    const auto* const size = std::find_if(kPublished.begin(), kPublished.end(), [&](const PublishedSize& known) {
        return known.width == width && known.feedForward == feedForward;
    });
    if (size == kPublished.end()) {
        return std::nullopt;
    }
    uint64_t layers = 1;
    while (checkpoint.find("transformer.h." + std::to_string(layers) + ".norm_1.weight") != nullptr) {
        ++layers;
    }
    return nlohmann::json{{"model_type", "smdm"},
                          {"n_layer", layers},
                          {"n_embd", width},
                          {"n_head", size->heads},
                          {"n_query_groups", size->heads},
                          {"intermediate_size", feedForward},
                          {"block_size", kContextLength},
                          {"vocab_size", head->shape[0]},
                          {"padded_vocab_size", head->shape[0]}};
}

}  // namespace crystallite
