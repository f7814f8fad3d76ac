#pragma once

#include "tests/support/gguf_builder.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crystallite {

/// A complete small GGUF file of a mixture of experts with every part that one can have: a dense layer, then one with 8 experts in 4
/// groups, of which 2 are asked, a selection bias and a shared expert. Architecture `llada2`, width 8; the weights are zeros.
std::vector<std::byte> smallMixture();

/// config.json of a mixture of experts as its authors publish it, in small: of "llada-moe", "rnd1", "sdar-moe" or "llada2".
nlohmann::json mixtureConfig(const std::string& family);

}  // namespace crystallite
