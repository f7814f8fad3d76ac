// Quants of 5 bits in small blocks: Q5_0 and Q5_1.

#include "blocks.glsl"

/// The quants i..i+3 of 5 bits: `highBits` holds one bit per weight, the nibbles are at `lowBits`.
uvec4 fiveBits(uint highBits, uint lowBits, uint i) {
    const uvec4 high = uvec4(highBits) >> (uvec4(0u, 1u, 2u, 3u) + i) & 1u;
    return nibblesAt(lowBits, i) | high << 4;
}
