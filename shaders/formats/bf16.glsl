// Weights in BF16, the upper half of an f32, read as words of two. Rows of odd length start in mid-word.

layout(std430, binding = 0) readonly buffer Weights {
    uint weightPairs[];
};

float weightAt(uint index) {
    const uint pair = weightPairs[index >> 1];
    return uintBitsToFloat((index & 1u) == 0u ? pair << 16 : pair & 0xFFFF0000u);
}
