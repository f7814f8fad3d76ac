// Per row i of logits [rows, vocabulary], with p = softmax(logits[i]) and q = softmax(kept[i]) over the ids that are not forbidden:
// out[i] = sum p ln(p / q); then kept[i] = logits[i].
// A team owns one row; lane l owns the ids of every LANES-th group of four from group l on. Loops over ids are flat, see vocabularyTeam() in
// engine/vulkan/operations.h. Twin: tests/ops/drift_test.cpp.

#extension GL_EXT_control_flow_attributes : require
#include "params/drift.h"

layout(push_constant) uniform Push {
    DriftParams params;
};
layout(std430, binding = 0) readonly buffer Logits {
    float logits[];
};
layout(std430, binding = 1) buffer Kept {
    float kept[];
};
layout(std430, binding = 2) readonly buffer Forbidden {
    uint forbidden[];
};
layout(std430, binding = 3) writeonly buffer Out {
    float result[];
};

const float INFINITY = 1.0 / 0.0;

/// `cursor` walks the sorted list with rising ids.
bool isForbidden(uint id, inout uint cursor) {
    while (cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] < id) {
        ++cursor;
    }
    return cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] == id;
}

/// The largest logit of both rows.
vec2 largestOfTeam(uint first, uint keptFirst) {
    vec2 largest = vec2(-INFINITY);
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary && !isForbidden(id, cursor)) {
                largest = max(largest, vec2(logits[first + id], kept[keptFirst + id]));
            }
        }
    }
    return vec2(laneMax(largest.x), laneMax(largest.y));
}

/// Sums of exp(logit - largest) of both rows, and of their difference in logits weighted by the first.
vec3 sumsOfTeam(uint first, uint keptFirst, vec2 largest) {
    vec3 sums = vec3(0.0);
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        vec3 groupSums = vec3(0.0);  // shorter sums round less
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary && !isForbidden(id, cursor)) {
                const vec2 distance = vec2(logits[first + id], kept[keptFirst + id]) - largest;
                const vec2 weight = exp(distance);
                groupSums += vec3(weight, weight.x > 0.0 ? weight.x * (distance.x - distance.y) : 0.0);
            }
        }
        sums += groupSums;
    }
    return vec3(laneSum(sums.x), laneSum(sums.y), laneSum(sums.z));
}

void main() {
    const uint first = params.logitsOffset + gl_WorkGroupID.x * params.logitsStride;
    const uint keptFirst = params.keptOffset + gl_WorkGroupID.x * params.keptStride;
    const vec3 sums = sumsOfTeam(first, keptFirst, largestOfTeam(first, keptFirst));
    if (gl_LocalInvocationID.x == 0) {
        // With d and e the distances from the largest: ln(p / q) = (d - ln sum e^d) - (e - ln sum e^e).
        result[params.outOffset + gl_WorkGroupID.x] = sums.z / sums.x - log(sums.x) + log(sums.y);
    }
    // Each lane overwrites only what it alone has read.
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary) {
                kept[keptFirst + id] = logits[first + id];
            }
        }
    }
}
