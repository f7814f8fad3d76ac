#define BLOCK_WEIGHTS 256
#define BLOCK_BYTES 136
#include "packed_levels.glsl"

vec4 blockWeights(uint block, uint i) {
    const uint sub = i / 32u;
    const uint first = wordAt(block);  // the half, and two bits of every sub-block's scale
    const uint scaleLow = byteAt(block + 4u + sub / 2u) >> (sub % 2u * 4u) & 15u;
    const uint scaleHigh = first >> (16u + sub * 2u) & 3u;
    const float scale = unpackHalf2x16(first).x * (float(scaleLow | scaleHigh << 4) - 32.0);
    return scale * levelsOf(kUnevenLevels, nibblesAt(block + 8u + sub * 16u, i % 32u));
}
