// In place, per row of logits [rows, vocabulary]: logits /= temperature (not at 0); then forbidden ids and those outside the nucleus become
// cutLogit. Kept is every id whose betters have a probability of at most topP together and are fewer than topK.
// A team owns one row; lane l owns the ids of every LANES-th group of four from group l on and reads no others, so that no lane waits for
// another's writes. The last logit that is kept is found by bisection over the order of all floats: the least one above which there is
// neither too much nor too many. Loops over ids are flat, see vocabularyTeam() in engine/vulkan/operations.h. Twin:
// tests/ops/truncate_test.cpp.

#extension GL_EXT_control_flow_attributes : require
#include "params/truncate.h"

layout(push_constant) uniform Push {
    TruncateParams params;
};
layout(std430, binding = 0) buffer Logits {
    float logits[];
};
layout(std430, binding = 1) readonly buffer Forbidden {
    uint forbidden[];
};

const float INFINITY = 1.0 / 0.0;

/// Rises with the value.
uint orderOf(float value) {
    const uint bits = floatBitsToUint(value);
    return (bits & 0x80000000u) != 0u ? ~bits : bits | 0x80000000u;
}

/// Divides by the temperature and cuts the forbidden ids; the largest of what this lane owns.
float prepare(uint first) {
    float largest = -INFINITY;
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id >= params.vocabulary) {
                continue;
            }
            while (cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] < id) {
                ++cursor;
            }
            const bool isForbidden = cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] == id;
            const float logit = logits[first + id];
            const float value = isForbidden ? params.cutLogit : params.temperature > 0.0 ? logit / params.temperature : logit;
            logits[first + id] = value;
            largest = max(largest, value);
        }
    }
    return largest;
}

/// Of the ids above `order`: sum exp(logit - largest), and how many they are.
vec2 above(uint first, uint order, float largest) {
    vec2 sums = vec2(0.0);
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        vec2 groupSums = vec2(0.0);  // shorter sums round less
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary) {
                const float value = logits[first + id];
                groupSums += orderOf(value) > order ? vec2(exp(value - largest), 1.0) : vec2(0.0);
            }
        }
        sums += groupSums;
    }
    return vec2(laneSum(sums.x), laneSum(sums.y));
}

void main() {
    const uint first = params.logitsOffset + gl_WorkGroupID.x * params.logitsStride;
    const float largest = laneMax(prepare(first));
    if (params.topK == 0 && params.topP >= 1.0) {
        return;
    }
    const float most = params.topP >= 1.0 ? INFINITY : params.topP * above(first, 0, largest).x;
    const float mostBefore = params.topK == 0 ? INFINITY : float(params.topK) - 1.0;
    uint low = 0;
    uint high = orderOf(largest);
    while (low < high) {
        const uint middle = low + (high - low) / 2;
        const vec2 sums = above(first, middle, largest);
        if (sums.x <= most && sums.y <= mostBefore) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary && orderOf(logits[first + id]) < low) {
                logits[first + id] = params.cutLogit;
            }
        }
    }
}
