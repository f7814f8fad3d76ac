// The operands of out[p, f] = sum_d x[p / share, d] * weights[e(p), f, d]     for the pairs p of every expert e, which stand side by side in
// `pairs`; below the weights of the format file, for both bodies of a product. A workgroup has a tile of one expert's pairs; how many there
// are is known on the device alone, so that tiles beyond them end at once. Twin: tests/ops/expert_matmul_test.cpp.

#include "params/expert_matmul.h"

layout(push_constant) uniform Push {
    ExpertMatmulParams params;
};
layout(std430, binding = 1) readonly buffer X {
    float x[];
};

float xAt(uint index) {
    return x[index];
}

layout(std430, binding = 2) readonly buffer Pairs {
    uint pairs[];
};
layout(std430, binding = 3) readonly buffer Begins {
    uint begins[];
};
layout(std430, binding = 4) writeonly buffer Out {
    float result[];
};

/// Counted from the first one that is bound.
uint boundExpert() {
    return gl_WorkGroupID.y / params.tilesPerExpert;
}

uint firstPair() {
    return begins[params.beginsOffset + boundExpert()];
}

uint pairOf(uint row) {
    return pairs[params.pairsOffset + firstPair() + row];
}

uint tileRow() {
    return gl_WorkGroupID.y % params.tilesPerExpert;
}

uint rowCount() {
    return begins[params.beginsOffset + boundExpert() + 1u] - firstPair();
}

uint xStart(uint row) {
    return params.xOffset + pairOf(row) / params.share * params.xStride;
}

uint weightStart(uint feature) {
    return params.weightOffset + boundExpert() * params.expertStride + feature * params.weightStride;
}

void storeResult(uint row, uint feature, float sum) {
    if (row >= rowCount() || feature >= params.features) {
        return;
    }
    result[params.outOffset + pairOf(row) * params.outStride + feature] = sum;
}
