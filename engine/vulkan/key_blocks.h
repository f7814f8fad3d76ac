#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/operation_cost.h"
#include "engine/base/assert.h"

#include <cstdint>

namespace crystallite {

/// Visibility as shaders/visible_keys.glsl takes it: causal and full are block-causal with blocks of one key and of all keys.
struct KeyBlocks {
    uint32_t firstEnd = 0;
    uint32_t length = 0;
};

inline KeyBlocks keyBlocksOf(const AttentionArgs& args) {
    switch (args.visibility) {
        case Visibility::Full:
        case Visibility::Shadow: return {.firstEnd = args.keys.rows, .length = args.keys.rows};
        case Visibility::Causal:
        case Visibility::CausalCanvas: return {.firstEnd = 1, .length = 1};
        case Visibility::BlockCausal:
            return {.firstEnd = static_cast<uint32_t>(blockEnd(args.blockLength, args.blockOffset, 0)), .length = args.blockLength};
    }
    ENGINE_ASSERT(false);
}

}  // namespace crystallite
