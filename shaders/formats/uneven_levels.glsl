// Levels that lie closer together near zero: IQ4_NL and IQ4_XS.

#include "blocks.glsl"

/// -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113: four to a word and chosen by comparisons, because a table that
/// is indexed lies in memory.
vec4 levelsOf(uvec4 quants) {
    const bvec4 inUpperWord = notEqual(quants & 4u, uvec4(0u));
    const uvec4 negative = mix(uvec4(0xBFAD9881u), uvec4(0xF6EADDCFu), inUpperWord);
    const uvec4 positive = mix(uvec4(0x26190D01u), uvec4(0x71594535u), inUpperWord);
    const uvec4 word = mix(negative, positive, notEqual(quants & 8u, uvec4(0u)));
    return vec4(ivec4(word << (24u - (quants & 3u) * 8u)) >> 24);
}
