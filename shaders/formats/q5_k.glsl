#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 176
#include "sub_scales.glsl"

vec4 blockWeights(uint block, uint i) {
    const vec2 scale = scaleAndMinimum(block, i);
    const uvec4 low = bitsAt(block + 48u + i / 64u * 32u + i % 32u, i / 32u % 2u * 4u, 4u);
    const uvec4 high = bitsAt(block + 16u + i % 32u, i / 32u, 1u);
    return scale.x * vec4(low | high << 4) - scale.y;
}
