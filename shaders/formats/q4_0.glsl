#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 18
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * (vec4(nibblesAt(block + 2u, i)) - 8.0);
}
