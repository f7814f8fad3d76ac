#version 460
// out = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))     element by element; x, out [rows, columns]; `out` may be `x`
// (1 + tanh(u)) / 2 = 1 / (1 + e^-2u) keeps its relative precision where tanh comes close to -1.
// An invocation owns one element. Twin: tests/ops/gelu_test.cpp.

#include "params/gelu.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    GeluParams params;
};
layout(std430, binding = 0) readonly buffer X {
    float x[];
};
layout(std430, binding = 1) writeonly buffer Out {
    float result[];
};

void main() {
    const uint column = gl_GlobalInvocationID.x;
    const uint row = gl_GlobalInvocationID.y;
    if (column >= params.columns || row >= params.rows) {
        return;
    }
    const float v = x[params.xOffset + row * params.xStride + column];
    const float z = 1.5957691216 * v * (1.0 + 0.044715 * v * v);  // 2 sqrt(2 / pi)
    result[params.outOffset + row * params.outStride + column] = v / (1.0 + exp(-z));
}
