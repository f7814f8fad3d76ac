// Weights in BF16, the upper half of an f32, read as words of two. Rows of odd length start in mid-word.

#define TOGETHER 1

#include "words.glsl"

float[TOGETHER] weightsAt(uint row, uint d) {
    const uint index = row + d;
    const uint pair = weightWord(index >> 1);
    return float[TOGETHER](uintBitsToFloat((index & 1u) == 0u ? pair << 16 : pair & 0xFFFF0000u));
}
