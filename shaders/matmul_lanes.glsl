// The product of rows of x with rows of weights, of which the operands file says where they stand: matmul_operands.glsl, or
// expert_matmul_operands.glsl. f32 sums.
// A team owns ROWS rows by LANES * FEATURES features. A lane owns every LANES-th of these features and reads their weights itself; x is
// read LANES dimensions at a time, one by each lane, and handed round; LANES is a multiple of TOGETHER. No shared memory and no barriers:
// for llvmpipe, and for products of few rows anywhere. The other bodies are matmul_tiled.glsl and
// matmul_texels.glsl.

#extension GL_EXT_control_flow_attributes : require
layout(constant_id = 1) const uint ROWS = 8;
layout(constant_id = 2) const uint FEATURES = 4;

BOARD(xBoard, ROWS);  // a dimension of every row, by lane

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint firstRow = tileRow() * ROWS;
    const uint rows = rowCount();
    if (firstRow >= rows) {
        return;
    }
    const uint firstFeature = gl_WorkGroupID.x * LANES * FEATURES + lane;

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

    for (uint firstDim = 0; firstDim < params.depth; firstDim += LANES) {
        [[unroll]] for (uint i = 0; i < ROWS; ++i) {
            POST(xBoard, i, firstDim + lane < params.depth ? xAt(xFirst[i] + firstDim + lane) : 0.0);
        }
        settlePosts();
        BOARD_UNROLL for (uint l = 0; l < LANES; l += TOGETHER) {
            // Beyond the depth x is 0, and any weight will do.
            const uint d = min(firstDim + l, params.depth - TOGETHER);
            float w[FEATURES][TOGETHER];
            [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                w[c] = weightsAt(weightFirst[c], d);
            }
            [[unroll]] for (uint k = 0; k < TOGETHER; ++k) {
                [[unroll]] for (uint i = 0; i < ROWS; ++i) {
                    const float value = POSTED(xBoard, i, l + k);
                    [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
                        sums[i * FEATURES + c] += value * w[c][k];
                    }
                }
            }
        }
        settlePosts();
    }

    [[unroll]] for (uint i = 0; i < ROWS; ++i) {
        [[unroll]] for (uint c = 0; c < FEATURES; ++c) {
            storeResult(firstRow + i, firstFeature + c * LANES, sums[i * FEATURES + c]);
        }
    }
}
