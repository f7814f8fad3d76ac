#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 34
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    const int word = int(wordAt(block + 2u + i));
    const ivec4 quants = ivec4(word << 24, word << 16, word << 8, word) >> 24;
    return halfAt(block) * vec4(quants);
}
