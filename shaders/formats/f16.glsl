// Weights in F16, read as words of two, so that no 16-bit storage feature is needed. Rows of odd length start in mid-word.

layout(std430, binding = 0) readonly buffer Weights {
    uint weightPairs[];
};

float weightAt(uint index) {
    const uint pair = weightPairs[index >> 1];
    return unpackHalf2x16(pair >> ((index & 1u) * 16u)).x;
}
