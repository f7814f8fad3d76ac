#extension GL_EXT_control_flow_attributes : require
#include "params/matmul.h"

layout(constant_id = 1) const uint ROWS = 16;
layout(constant_id = 2) const uint FEATURES = 1;

layout(push_constant) uniform Push {
    MatmulParams params;
};
layout(std430, binding = 1) readonly buffer X {
    float x[];
};
layout(std430, binding = 2) readonly buffer Bias {
    float bias[];
};
layout(std430, binding = 3) buffer Out {
    float result[];
};

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint firstRow = gl_WorkGroupID.y * ROWS;
    const uint firstFeature = gl_WorkGroupID.x * LANES * FEATURES;
    uint wFirst[FEATURES];
    [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
        wFirst[c] = params.weightOffset + min(firstFeature + lane + c * LANES, params.features - 1) * params.weightStride;
    }
    uint xFirst[ROWS];
    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        xFirst[i] = params.xOffset + min(firstRow + i, params.rows - 1) * params.xStride;
    }
    float acc[ROWS * FEATURES];
    [[unroll]] for (uint i = 0; i < ROWS * FEATURES; ++i) {
        acc[i] = 0.0;
    }
    for (uint d0 = 0; d0 < params.depth; d0 += LANES) {
        float xs[ROWS];
        [[unroll]] for (uint i = 0; i < ROWS; ++i) {
            xs[i] = d0 + lane < params.depth ? x[xFirst[i] + d0 + lane] : 0.0;
        }
        [[unroll]] for (uint l = 0; l < LANES; ++l) {
            const uint d = min(d0 + l, params.depth - 1);
            [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                const float w = weightAt(wFirst[c] + d);
                [[unroll]] for (uint i = 0; i < ROWS; ++i) {
                    acc[i * FEATURES + c] += laneValue(xs[i], l) * w;
                }
            }
        }
    }
    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
            const uint f = firstFeature + lane + c * LANES;
            if (firstRow + i < params.rows && f < params.features) {
                const uint at = params.outOffset + (firstRow + i) * params.outStride + f;
                float value = acc[i * FEATURES + c];
                if (params.hasBias != 0u) value += bias[params.biasOffset + f];
                if (params.addToOut != 0u) value += result[at];
                result[at] = value;
            }
        }
    }
}
