#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 24
#include "five_bits.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * vec4(fiveBits(wordAt(block + 4u), block + 8u, i)) + halfAt(block + 2u);
}
