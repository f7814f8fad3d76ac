#version 460
// out[i] = logits[i, ids[i]]     logits [rows, vocabulary]
// An invocation owns one row. Twin: tests/ops/pick_test.cpp.

#include "params/pick.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    PickParams params;
};
layout(std430, binding = 0) readonly buffer Logits {
    float logits[];
};
layout(std430, binding = 1) readonly buffer Ids {
    uint ids[];
};
layout(std430, binding = 2) writeonly buffer Out {
    float result[];
};

void main() {
    const uint row = gl_GlobalInvocationID.x;
    if (row < params.rows) {
        result[params.outOffset + row] = logits[params.logitsOffset + row * params.logitsStride + ids[params.idsOffset + row]];
    }
}
