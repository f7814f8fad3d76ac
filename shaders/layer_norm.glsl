// out = (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) * weight + bias     for each row of x [rows, width]
// A team owns one row. `out` may be `x`. The variance is taken of the differences: squares would cancel where the mean is large.
// Twin: tests/ops/layer_norm_test.cpp.

#include "params/layer_norm.h"

layout(push_constant) uniform Push {
    LayerNormParams params;
};
layout(std430, binding = 0) readonly buffer X {
    float x[];
};
layout(std430, binding = 1) readonly buffer Weight {
    float weight[];
};
layout(std430, binding = 2) readonly buffer Bias {
    float bias[];
};
layout(std430, binding = 3) writeonly buffer Out {
    float result[];
};

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint xFirst = params.xOffset + gl_WorkGroupID.y * params.xStride;
    const uint outFirst = params.outOffset + gl_WorkGroupID.y * params.outStride;

    float sum = 0.0;
    for (uint i = lane; i < params.width; i += LANES) {
        sum += x[xFirst + i];
    }
    const float mean = laneSum(sum) / float(params.width);
    float squares = 0.0;
    for (uint i = lane; i < params.width; i += LANES) {
        const float difference = x[xFirst + i] - mean;
        squares += difference * difference;
    }
    const float inverse = 1.0 / sqrt(laneSum(squares) / float(params.width) + params.epsilon);
    for (uint i = lane; i < params.width; i += LANES) {
        result[outFirst + i] = (x[xFirst + i] - mean) * inverse * weight[params.weightOffset + i] + bias[params.biasOffset + i];
    }
}
