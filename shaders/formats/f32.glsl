// Weights in F32.

#define TOGETHER 1

#include "words.glsl"

float[TOGETHER] weightsAt(uint row, uint d) {
    return float[TOGETHER](uintBitsToFloat(weightWord(row + d)));
}
