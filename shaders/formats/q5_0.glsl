#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 22
#include "five_bits.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * (vec4(fiveBits(wordAt(block + 2u), block + 6u, i)) - 16.0);
}
