// The operands of out[i, f] (+)= sum_d x[i, d] * weights[f, d] (+ bias[f])     x [rows, depth], weights [features, depth], out
// [rows, features]; below the weights of the format file, for all bodies of a product. Twin: tests/ops/matmul_test.cpp.

#include "params/matmul.h"

layout(push_constant) uniform Push {
    MatmulParams params;
};
#ifdef FETCH_TEXELS
layout(binding = 1) uniform samplerBuffer xTexels;

float xAt(uint index) {
    return texelFetch(xTexels, int(index)).x;
}
#else
layout(std430, binding = 1) readonly buffer X {
    float x[];
};

float xAt(uint index) {
    return x[index];
}
#endif
layout(std430, binding = 2) readonly buffer Bias {
    float bias[];
};
layout(std430, binding = 3) buffer Out {
    float result[];
};

/// Which tile of rows this workgroup has.
uint tileRow() {
    return gl_WorkGroupID.y;
}

uint rowCount() {
    return params.rows;
}

uint xStart(uint row) {
    return params.xOffset + row * params.xStride;
}

uint weightStart(uint feature) {
    return params.weightOffset + feature * params.weightStride;
}

void storeResult(uint row, uint feature, float sum) {
    if (row >= params.rows || feature >= params.features) {
        return;
    }
    const uint at = params.outOffset + row * params.outStride + feature;
    if (params.hasBias != 0u) {
        sum += bias[params.biasOffset + feature];
    }
    result[at] = params.addToOut != 0u ? result[at] + sum : sum;
}
