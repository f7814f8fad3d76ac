#version 460
// out = without + factor * (with - without)     element by element; all [rows, columns]; `out` may be either input
// An invocation owns one element. Twin: tests/ops/guide_test.cpp.

#include "params/guide.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    GuideParams params;
};
layout(std430, binding = 0) readonly buffer With {
    float with[];
};
layout(std430, binding = 1) readonly buffer Without {
    float without[];
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
    const float guided = with[params.withOffset + row * params.withStride + column];
    const float plain = without[params.withoutOffset + row * params.withoutStride + column];
    // Not fused: the same steps as on the host.
    precise const float product = params.factor * (guided - plain);
    precise const float sum = plain + product;
    result[params.outOffset + row * params.outStride + column] = sum;
}
