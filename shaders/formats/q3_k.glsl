#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 110
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    const uint sub = i / 16u;
    const uint scaleLow = byteAt(block + 96u + sub % 8u) >> (sub / 8u * 4u) & 15u;
    const uint scaleHigh = byteAt(block + 104u + sub % 4u) >> (sub / 4u * 2u) & 3u;
    const float scale = halfAt(block + 108u) * (float(scaleLow | scaleHigh << 4) - 32.0);
    const uvec4 low = bitsAt(block + 32u + i / 128u * 32u + i % 32u, i % 128u / 32u * 2u, 2u);
    const uvec4 high = bitsAt(block + i % 32u, i / 32u, 1u);
    return scale * (vec4(low | high << 2) - 4.0);
}
