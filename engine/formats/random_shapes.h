#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace crystallite {

/// Of a mixture whose layers are LLaDA2's: sigmoid routing in groups, a bias that selects, shared experts, q, k and v in one tensor.
struct RandomExperts {
    uint32_t count = 0;
    uint32_t used = 0;
    uint32_t width = 0;
    uint32_t shared = 0;  ///< experts that every row asks, each as wide
    uint32_t groups = 1;
    uint32_t groupsUsed = 1;
    uint32_t denseLayers = 0;
    double scale = 1.0;
};

/// The sizes of a model without its weights: what decides how long a step takes.
struct RandomShape {
    std::string_view name;          ///< "llada-8b"
    std::string_view architecture;  ///< as general.architecture of its files
    uint32_t layers = 0;
    uint32_t width = 0;
    uint32_t heads = 0;
    uint32_t kvHeads = 0;
    uint32_t feedForward = 0;
    uint32_t vocabulary = 0;
    uint32_t context = 0;
    double ropeTheta = 0.0;
    double normEpsilon = 0.0;
    bool qkvBias = false;
    TokenId bos = 0, eos = 0, mask = 0;
    uint32_t headDim = 0;     ///< 0: width / heads
    uint32_t rotaryDims = 0;  ///< 0: the head's
    std::optional<RandomExperts> experts = {};

    [[nodiscard]] uint32_t headWidth() const { return headDim == 0 ? width / heads : headDim; }
};

/// Published models and the shapes that tests/bench/RESULTS.md measures, as tests/reference/make_large_random_gguf.py has them.
std::span<const RandomShape> randomShapes();

/// InvalidArgument lists the names.
Result<RandomShape> findRandomShape(std::string_view name);

}  // namespace crystallite
