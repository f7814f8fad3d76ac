// Weights in F32.

#define TOGETHER 1

layout(std430, binding = 0) readonly buffer Weights {
    float weights[];
};

float[TOGETHER] weightsAt(uint row, uint d) {
    return float[TOGETHER](weights[row + d]);
}
