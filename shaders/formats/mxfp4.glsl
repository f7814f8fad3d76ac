#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 17
#include "blocks.glsl"

// E2M1 numbers, doubled.
const float kLevels[16] = float[](0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 0.0, -1.0, -2.0, -3.0, -4.0, -6.0, -8.0, -12.0);

vec4 blockWeights(uint block, uint i) {
    const uint exponent = byteAt(block);
    // 2^(exponent - 128), half of the scale; the two smallest are subnormal.
    const float halfScale = uintBitsToFloat(exponent < 2u ? 1u << (21u + exponent) : (exponent - 1u) << 23);
    const uvec4 quants = nibblesAt(block + 1u, i);
    return halfScale * vec4(kLevels[quants.x], kLevels[quants.y], kLevels[quants.z], kLevels[quants.w]);
}
