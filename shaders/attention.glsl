// out[i, h] = sum_j softmax_j(scale * q[i, h] . k[j, h / headsPerKvHead]) v[j, ...]     over the visible keys j
// queries, out [queries, heads * HEAD_DIM]; keys, values [keys, kvHeads * HEAD_DIM]; all f32.
// A team owns QUERIES rows of one head and walks the keys, LANES at a time, with an online softmax (Milakov & Gimelshein,
// arXiv 1805.02867; Dao et al., arXiv 2205.14135): for the scores a lane owns a key, for queries and sums every LANES-th dimension.
// Twin: tests/ops/attention_test.cpp.

#extension GL_EXT_control_flow_attributes : require
#include "params/attention.h"

layout(constant_id = 1) const uint HEAD_DIM = 32;
layout(constant_id = 2) const uint QUERIES = 4;
const uint DIMS = (HEAD_DIM + LANES - 1) / LANES;
const float NOTHING = -3.4e38;

layout(push_constant) uniform Push {
    AttentionParams params;
};
layout(std430, binding = 0) readonly buffer Queries {
    float queries[];
};
layout(std430, binding = 1) readonly buffer Keys {
    float keys[];
};
layout(std430, binding = 2) readonly buffer Values {
    float values[];
};
layout(std430, binding = 3) writeonly buffer Out {
    float result[];
};

#include "visible_keys.glsl"

BOARD(queryBoard, QUERIES * DIMS);  // scaled queries: slot i * DIMS + c of lane l is dimension l + c * LANES of row i
BOARD(weightBoard, QUERIES);        // weight of the lane's key, by row

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint head = gl_WorkGroupID.y;
    const uint kvHead = head / params.headsPerKvHead;
    const uint firstRow = gl_WorkGroupID.x * QUERIES;

    float sums[QUERIES * DIMS];  // of the weighted values
    float largest[QUERIES];
    float weightSum[QUERIES];
    uint visible[QUERIES];  // how many keys a row sees: the first ones,
    uint hidden[QUERIES];   // but for this one
    [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
        const uint row = min(firstRow + i, params.queries - 1);
        const uint position = params.firstQuery + row;
        visible[i] = visibleKeys(position);
        hidden[i] = hiddenKey(position);
        largest[i] = NOTHING;
        weightSum[i] = 0.0;
        [[unroll]] for (uint c = 0; c < DIMS; ++c) {
            const uint d = lane + c * LANES;
            const uint at = params.queryOffset + row * params.queryStride + head * HEAD_DIM + d;
            POST(queryBoard, i * DIMS + c, d < HEAD_DIM ? queries[at] * params.scale : 0.0);
            sums[i * DIMS + c] = 0.0;
        }
    }
    settlePosts();

    const uint end = visible[QUERIES - 1];  // later rows see at least as much
    for (uint firstKey = 0; firstKey < end; firstKey += LANES) {
        const uint key = firstKey + lane;
        const uint keyFirst = params.keyOffset + min(key, params.keys - 1) * params.keyStride + kvHead * HEAD_DIM;
        float scores[QUERIES];
        [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
            scores[i] = 0.0;
        }
        BOARD_UNROLL for (uint d = 0; d < HEAD_DIM; ++d) {
            const float k = keys[keyFirst + d];
            [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
                scores[i] += POSTED(queryBoard, i * DIMS + d / LANES, d % LANES) * k;
            }
        }
        [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
            const bool isSeen = key < visible[i] && key != hidden[i];
            scores[i] = isSeen ? scores[i] : NOTHING;
            const float newLargest = max(largest[i], laneMax(scores[i]));
            const float shrink = exp(largest[i] - newLargest);
            // NOTHING minus NOTHING is 0: a row that sees none of these keys must still weigh them with 0.
            const float weight = isSeen ? exp(scores[i] - newLargest) : 0.0;
            POST(weightBoard, i, weight);
            weightSum[i] = weightSum[i] * shrink + laneSum(weight);
            largest[i] = newLargest;
            [[unroll]] for (uint c = 0; c < DIMS; ++c) {
                sums[i * DIMS + c] *= shrink;
            }
        }
        settlePosts();
        BOARD_UNROLL for (uint j = 0; j < LANES; ++j) {
            const uint valueFirst = params.valueOffset + min(firstKey + j, params.keys - 1) * params.valueStride + kvHead * HEAD_DIM;
            float weights[QUERIES];
            [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
                weights[i] = POSTED(weightBoard, i, j);
            }
            [[unroll]] for (uint c = 0; c < DIMS; ++c) {
                const float v = values[valueFirst + min(lane + c * LANES, HEAD_DIM - 1)];
                [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
                    sums[i * DIMS + c] += weights[i] * v;
                }
            }
        }
        settlePosts();
    }

    [[unroll]] for (uint i = 0; i < QUERIES; ++i) {
        [[unroll]] for (uint c = 0; c < DIMS; ++c) {
            const uint d = lane + c * LANES;
            if (firstRow + i < params.queries && d < HEAD_DIM) {
                result[params.outOffset + (firstRow + i) * params.outStride + head * HEAD_DIM + d] = sums[i * DIMS + c] / weightSum[i];
            }
        }
    }
}
