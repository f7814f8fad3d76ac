#define BLOCK_WEIGHTS 32
#define BLOCK_BYTES 18
#include "packed_levels.glsl"

vec4 blockWeights(uint block, uint i) {
    return halfAt(block) * levelsOf(kUnevenLevels, nibblesAt(block + 2u, i));
}
