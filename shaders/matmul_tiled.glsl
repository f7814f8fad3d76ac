// The product of rows of x with rows of weights, of which the operands file says where they stand: matmul_operands.glsl, or
// expert_matmul_operands.glsl. f32 sums.
// A workgroup of ROW_LANES x FEATURE_LANES owns ROW_LANES * ROWS rows by FEATURE_LANES * FEATURES features, and an invocation ROWS x
// FEATURES of them, spread evenly. Slabs of DEPTH dimensions, a multiple of TOGETHER, of x and of the weights are loaded into shared memory
// together. For GPUs; the other body is matmul_lanes.glsl.

#extension GL_EXT_control_flow_attributes : require
layout(constant_id = 0) const uint FEATURE_LANES = 16;
layout(constant_id = 1) const uint ROW_LANES = 16;
layout(constant_id = 2) const uint ROWS = 4;
layout(constant_id = 3) const uint FEATURES = 4;
layout(constant_id = 4) const uint DEPTH = 16;
layout(local_size_x_id = 0, local_size_y_id = 1) in;

const uint TILE_ROWS = ROW_LANES * ROWS;
const uint TILE_FEATURES = FEATURE_LANES * FEATURES;
const uint INVOCATIONS = ROW_LANES * FEATURE_LANES;

// One element of padding per dimension keeps the columns that are written together in different banks.
shared float xSlab[DEPTH * (TILE_ROWS + 1)];
shared float weightSlab[DEPTH * (TILE_FEATURES + 1)];

/// Neighbouring invocations load neighbouring dimensions, which lie side by side in memory. Outside of the operands it is all 0.
void loadSlabs(uint rows, uint firstRow, uint firstFeature, uint firstDim) {
    for (uint at = gl_LocalInvocationIndex; at < TILE_ROWS * DEPTH; at += INVOCATIONS) {
        const uint row = firstRow + at / DEPTH;
        const uint d = firstDim + at % DEPTH;
        const bool inside = row < rows && d < params.depth;
        xSlab[(at % DEPTH) * (TILE_ROWS + 1) + at / DEPTH] = inside ? xAt(xStart(row) + d) : 0.0;
    }
    const uint groups = DEPTH / TOGETHER;
    for (uint at = gl_LocalInvocationIndex; at < TILE_FEATURES * groups; at += INVOCATIONS) {
        const uint feature = firstFeature + at / groups;
        const uint inSlab = at % groups * TOGETHER;
        const uint d = firstDim + inSlab;
        float w[TOGETHER];
        if (feature < params.features && d < params.depth) {
            w = weightsAt(weightStart(feature), d);
        } else {
            [[unroll]] for (uint k = 0; k < TOGETHER; ++k) {
                w[k] = 0.0;
            }
        }
        [[unroll]] for (uint k = 0; k < TOGETHER; ++k) {
            weightSlab[(inSlab + k) * (TILE_FEATURES + 1) + at / groups] = w[k];
        }
    }
}

void main() {
    const uint firstRow = tileRow() * TILE_ROWS;
    const uint rows = rowCount();
    if (firstRow >= rows) {
        return;
    }
    const uint firstFeature = gl_WorkGroupID.x * TILE_FEATURES;
    const uint rowLane = gl_LocalInvocationID.y;
    const uint featureLane = gl_LocalInvocationID.x;

    float sums[ROWS * FEATURES];
    [[unroll]] for (uint i = 0; i < ROWS * FEATURES; ++i) {
        sums[i] = 0.0;
    }
    for (uint firstDim = 0; firstDim < params.depth; firstDim += DEPTH) {
        loadSlabs(rows, firstRow, firstFeature, firstDim);
        barrier();
        for (uint d = 0; d < DEPTH; ++d) {
            float w[FEATURES];
            [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                w[c] = weightSlab[d * (TILE_FEATURES + 1) + featureLane + c * FEATURE_LANES];
            }
            [[unroll]] for (uint i = 0; i < ROWS; ++i) {
                const float value = xSlab[d * (TILE_ROWS + 1) + rowLane + i * ROW_LANES];
                [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                    sums[i * FEATURES + c] += value * w[c];
                }
            }
        }
        barrier();
    }
    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
            storeResult(firstRow + rowLane + i * ROW_LANES, firstFeature + featureLane + c * FEATURE_LANES, sums[i * FEATURES + c]);
        }
    }
}
