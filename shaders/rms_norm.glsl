// out[g] = x[g] / sqrt(mean(x[g]^2) + epsilon) * weight     for each group g of groupLength columns of x [rows, groups * groupLength]
// A team owns one group of one row. `out` may be `x`. Twin: tests/ops/rms_norm_test.cpp.

#include "params/rms_norm.h"

layout(push_constant) uniform Push {
    RmsNormParams params;
};
layout(std430, binding = 0) readonly buffer X {
    float x[];
};
layout(std430, binding = 1) readonly buffer Weight {
    float weight[];
};
layout(std430, binding = 2) writeonly buffer Out {
    float result[];
};

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint row = gl_WorkGroupID.y;
    const uint firstColumn = gl_WorkGroupID.x * params.groupLength;
    const uint xFirst = params.xOffset + row * params.xStride + firstColumn;
    const uint outFirst = params.outOffset + row * params.outStride + firstColumn;

    float squares = 0.0;
    for (uint i = lane; i < params.groupLength; i += LANES) {
        squares += x[xFirst + i] * x[xFirst + i];
    }
    const float inverse = 1.0 / sqrt(laneSum(squares) / float(params.groupLength) + params.epsilon);
    for (uint i = lane; i < params.groupLength; i += LANES) {
        result[outFirst + i] = x[xFirst + i] * inverse * weight[params.weightOffset + i];
    }
}
