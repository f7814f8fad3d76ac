#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 18
#include "uneven_levels.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * levelsOf(nibblesAt(block + 2u, i));
}
