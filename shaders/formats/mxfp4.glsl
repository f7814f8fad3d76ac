#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 17
#include "blocks.glsl"

/// E2M1 numbers, doubled: a fraction bit alone, or two bits shifted by the exponent.
vec4 doubledE2M1(uvec4 bits) {
    const uvec4 exponent = bits >> 1 & 3u;
    const uvec4 fraction = bits & 1u;
    const ivec4 magnitude = ivec4(mix((2u | fraction) << (max(exponent, 1u) - 1u), fraction, equal(exponent, uvec4(0u))));
    return vec4(mix(magnitude, -magnitude, notEqual(bits & 8u, uvec4(0u))));
}

vec4 blockWeights(uint block, uint i) {
    const uint exponent = byteAt(block);
    // 2^(exponent - 128), half of the scale; the two smallest are subnormal.
    const float halfScale = uintBitsToFloat(exponent < 2u ? 1u << (21u + exponent) : (exponent - 1u) << 23);
    return halfScale * doubledE2M1(nibblesAt(block + 1u, i));
}
