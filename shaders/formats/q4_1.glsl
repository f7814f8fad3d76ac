#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 20
#include "blocks.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * vec4(nibblesAt(block + 4u, i)) + halfAt(block + 2u);
}
