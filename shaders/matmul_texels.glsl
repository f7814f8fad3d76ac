// The product of rows of x with rows of weights, both fetched as texels: matmul_operands.glsl. f32 sums.
// A workgroup owns ROWS rows by LANES * FEATURES features, and a lane every LANES-th of these features. Every lane fetches its weights and
// all of x itself: on llvmpipe a fetch by all lanes is one gather. For llvmpipe alone; nothing is shared.

#extension GL_EXT_control_flow_attributes : require
layout(constant_id = 0) const uint LANES = 8;
layout(constant_id = 1) const uint ROWS = 8;
layout(constant_id = 2) const uint FEATURES = 4;
layout(local_size_x_id = 0) in;

void main() {
    const uint firstRow = tileRow() * ROWS;
    const uint rows = rowCount();
    const uint firstFeature = gl_WorkGroupID.x * LANES * FEATURES + gl_LocalInvocationID.x;

    // Rows and features beyond the edge repeat the last one; their sums are not stored.
    uint xFirst[ROWS];
    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        xFirst[i] = xStart(min(firstRow + i, rows - 1));
    }
    uint weightFirst[FEATURES];
    [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
        weightFirst[c] = weightStart(min(firstFeature + c * LANES, params.features - 1));
    }
    float sums[ROWS * FEATURES];
    [[unroll]] for (uint i = 0; i < ROWS * FEATURES; ++i) {
        sums[i] = 0.0;
    }

    for (uint d = 0; d < params.depth; d += TOGETHER) {
        float w[FEATURES][TOGETHER];
        [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
            w[c] = weightsAt(weightFirst[c], d);
        }
        [[unroll]] for (uint k = 0; k < TOGETHER; ++k) {
            [[unroll]] for (uint i = 0; i < ROWS; ++i) {
                const float value = xAt(xFirst[i] + d + k);
                [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                    sums[i * FEATURES + c] += value * w[c][k];
                }
            }
        }
    }

    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
            storeResult(firstRow + i, firstFeature + c * LANES, sums[i * FEATURES + c]);
        }
    }
}
