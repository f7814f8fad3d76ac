#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 210
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    const uint quarter = i % 128u / 32u;
    const float scale = halfAt(block + 208u) * float(int(byteAt(block + 192u + i / 16u) << 24) >> 24);
    const uvec4 low = bitsAt(block + i / 128u * 64u + i % 64u, quarter / 2u * 4u, 4u);
    const uvec4 high = bitsAt(block + 128u + i / 128u * 32u + i % 32u, quarter * 2u, 2u);
    return scale * (vec4(low | high << 4) - 32.0);
}
