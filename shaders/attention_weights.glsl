// out[i * heads + h, j] = softmax_j(scale * q[i, h] . k[j, h / headsPerKvHead])     over the visible keys j, 0 for the others
// queries [queries, heads * HEAD_DIM]; keys [keys, kvHeads * HEAD_DIM]; out [queries * heads, keys]; all f32.
// A team owns a row of the result and a lane every LANES-th key of it: the scores wait in the result for their largest and their sum, and
// no lane reads what another wrote.
// Twin: tests/ops/attention_weights_test.cpp.

#extension GL_EXT_control_flow_attributes : require
#include "params/attention_weights.h"

layout(constant_id = 1) const uint HEAD_DIM = 32;
const float NOTHING = -3.4e38;

layout(push_constant) uniform Push {
    AttentionWeightsParams params;
};
layout(std430, binding = 0) readonly buffer Queries {
    float queries[];
};
layout(std430, binding = 1) readonly buffer Keys {
    float keys[];
};
layout(std430, binding = 2) buffer Out {
    float result[];
};

#include "visible_keys.glsl"

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint row = params.firstRow + gl_WorkGroupID.x;
    const uint head = row % params.heads;
    const uint query = row / params.heads;
    const uint position = params.firstQuery + query;
    const uint visible = visibleKeys(position);
    const uint hidden = hiddenKey(position);
    const uint queryFirst = params.queryOffset + (query - params.firstQueryRow) * params.queryStride + head * HEAD_DIM;
    const uint outFirst = params.outOffset + gl_WorkGroupID.x * params.outStride;

    float largest = NOTHING;
    for (uint key = lane; key < params.keys; key += LANES) {
        const uint keyFirst = params.keyOffset + key * params.keyStride + head / params.headsPerKvHead * HEAD_DIM;
        float score = 0.0;
        BOARD_UNROLL for (uint d = 0; d < HEAD_DIM; ++d) {
            score += queries[queryFirst + d] * keys[keyFirst + d];
        }
        score = key < visible && key != hidden ? score * params.scale : NOTHING;
        result[outFirst + key] = score;
        largest = max(largest, score);
    }
    largest = laneMax(largest);

    float sum = 0.0;
    for (uint key = lane; key < params.keys; key += LANES) {
        const float weight = key < visible && key != hidden ? exp(result[outFirst + key] - largest) : 0.0;
        result[outFirst + key] = weight;
        sum += weight;
    }
    sum = laneSum(sum);

    for (uint key = lane; key < params.keys; key += LANES) {
        result[outFirst + key] /= sum;
    }
}
