#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 17
#include "packed_levels.glsl"

vec4 blockWeights(uint block, uint i) {
    const uint exponent = byteAt(block);
    // 2^(exponent - 128), half of the scale; the two smallest are subnormal.
    const float halfScale = uintBitsToFloat(exponent < 2u ? 1u << (21u + exponent) : (exponent - 1u) << 23);
    return halfScale * levelsOf(kDoubledE2M1, nibblesAt(block + 1u, i));
}
