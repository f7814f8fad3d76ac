#pragma once

#include "engine/text/tokenizer_data.h"
#include "tests/support/gguf_builder.h"

#include <vector>

namespace crystallite {

/// The parts that are asked for in odd sizes: two key heads for four heads, a canvas of 23 slots.
inline LladaSizes ragged(LladaSizes parts) {
    parts.width = 56;
    parts.heads = 4;
    parts.kvHeads = 2;
    parts.contextLength = 23;
    return parts;
}

/// A canvas of ordinary tokens from all over the vocabulary.
inline std::vector<TokenId> scatteredTokens(uint32_t count) {
    std::vector<TokenId> tokens;
    for (uint32_t i = 0; i < count; ++i) {
        tokens.push_back(3 + i * 37 % 260);
    }
    return tokens;
}

}  // namespace crystallite
