#version 460
// out[i, :] += sum_k weights[i, k] * x[i * used + k, :]     x [rows * used, columns], weights [rows, used], out [rows, columns]
// An invocation owns one element. Twin: tests/ops/combine_experts_test.cpp.

#include "params/combine_experts.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    CombineExpertsParams params;
};
layout(std430, binding = 0) readonly buffer X {
    float x[];
};
layout(std430, binding = 1) readonly buffer Weights {
    float weights[];
};
layout(std430, binding = 2) buffer Out {
    float result[];
};

void main() {
    const uint column = gl_GlobalInvocationID.x;
    const uint row = gl_GlobalInvocationID.y;
    if (column >= params.columns || row >= params.rows) {
        return;
    }
    const uint at = params.outOffset + row * params.outStride + column;
    float sum = result[at];
    for (uint k = 0; k < params.used; ++k) {
        sum += weights[params.weightsOffset + row * params.weightsStride + k] * x[params.xOffset + (row * params.used + k) * params.xStride + column];
    }
    result[at] = sum;
}
