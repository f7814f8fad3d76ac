#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 84
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    const uint scales = byteAt(block + i / 16u);
    const uvec4 quants = bitsAt(block + 16u + i / 128u * 32u + i % 32u, i % 128u / 32u * 2u, 2u);
    return halfAt(block + 80u) * float(scales & 15u) * vec4(quants) - halfAt(block + 82u) * float(scales >> 4);
}
