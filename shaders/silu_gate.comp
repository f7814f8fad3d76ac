#version 460
// out = gate * sigmoid(gate) * up     element by element; gate, up, out [rows, columns]; `out` may be `gate`
// An invocation owns one element. Twin: tests/ops/silu_gate_test.cpp.

#include "params/silu_gate.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    SiluGateParams params;
};
layout(std430, binding = 0) readonly buffer Gate {
    float gate[];
};
layout(std430, binding = 1) readonly buffer Up {
    float up[];
};
layout(std430, binding = 2) writeonly buffer Out {
    float result[];
};

void main() {
    const uint column = gl_GlobalInvocationID.x;
    const uint row = gl_GlobalInvocationID.y;
    if (column >= params.columns || row >= params.rows) {
        return;
    }
    const float g = gate[params.gateOffset + row * params.gateStride + column];
    const float u = up[params.upOffset + row * params.upStride + column];
    result[params.outOffset + row * params.outStride + column] = g / (1.0 + exp(-g)) * u;
}
