#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 144
#include "sub_scales.glsl"

vec4 blockWeights(uint block, uint i) {
    const vec2 scale = scaleAndMinimum(block, i);
    const uvec4 quants = bitsAt(block + 16u + i / 64u * 32u + i % 32u, i / 32u % 2u * 4u, 4u);
    return scale.x * vec4(quants) - scale.y;
}
