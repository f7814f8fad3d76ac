// Weights in F16, read as words of two, so that no 16-bit storage feature is needed. Rows of odd length start in mid-word.

#define TOGETHER 1

#include "words.glsl"

float[TOGETHER] weightsAt(uint row, uint d) {
    const uint index = row + d;
    return float[TOGETHER](unpackHalf2x16(weightWord(index >> 1) >> ((index & 1u) * 16u)).x);
}
