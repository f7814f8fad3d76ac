// Quants that choose one of sixteen levels: IQ4_NL, IQ4_XS and MXFP4. Four levels lie in a word and are chosen by comparisons and shifts,
// because a table that is indexed lies in memory.

#include "blocks.glsl"

/// -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
const uvec4 kUnevenLevels = uvec4(0xBFAD9881u, 0xF6EADDCFu, 0x26190D01u, 0x71594535u);

/// E2M1 numbers, doubled: 0, 1, 2, 3, 4, 6, 8, 12, and the negatives
const uvec4 kDoubledE2M1 = uvec4(0x03020100u, 0x0C080604u, 0xFDFEFF00u, 0xF4F8FAFCu);

vec4 levelsOf(uvec4 levels, uvec4 quants) {
    const bvec4 inSecondWord = notEqual(quants & 4u, uvec4(0u));
    const uvec4 lower = mix(uvec4(levels.x), uvec4(levels.y), inSecondWord);
    const uvec4 upper = mix(uvec4(levels.z), uvec4(levels.w), inSecondWord);
    const uvec4 word = mix(lower, upper, notEqual(quants & 8u, uvec4(0u)));
    return vec4(ivec4(word << (24u - (quants & 3u) * 8u)) >> 24);
}
