// Per row of logits [rows, vocabulary], over the ids that are not forbidden: the `count` most probable ids (ties: lower id first) and their
// softmax probabilities, ln(sum exp(logit)), the entropy in nats, p1 - p2, and the drawn id argmax(logit - temperature * ln(E)) with its
// probability. Layout of a result row: candidateRowWords() in engine/backend/backend.h.
// A team owns one row; lane l owns the ids of every LANES-th group of four from group l on, because one random block serves four ids. Each
// lane holds the HELD best of its ids in order; the team reports the best of all lanes again and again, and a lane that has nothing left
// looks through its ids for the next HELD. Loops over ids are flat: llvmpipe ends all loops of an invocation that together turn more than
// 65,535 times, see candidatesTeam() in engine/vulkan/candidates.cpp. Twin: tests/ops/candidates_test.cpp.

#extension GL_EXT_control_flow_attributes : require
#include "params/candidates.h"
#include "random.glsl"

layout(constant_id = 1) const uint HELD = 8;

layout(push_constant) uniform Push {
    CandidatesParams params;
};
layout(std430, binding = 0) readonly buffer Logits {
    float logits[];
};
layout(std430, binding = 1) readonly buffer Forbidden {
    uint forbidden[];
};
layout(std430, binding = 2) readonly buffer Positions {
    uint positions[];
};
layout(std430, binding = 3) writeonly buffer Out {
    uint result[];
};

const uint NONE = 0xFFFFFFFFu;
const float INFINITY = 1.0 / 0.0;

struct Choice {
    float value;
    uint id;
};

const Choice NO_CHOICE = Choice(-INFINITY, NONE);

uint firstLogit() {
    return params.logitsOffset + gl_WorkGroupID.x * params.logitsStride;
}

/// `cursor` walks the sorted list with rising ids.
bool isForbidden(uint id, inout uint cursor) {
    while (cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] < id) {
        ++cursor;
    }
    return cursor < params.forbidden && forbidden[params.forbiddenOffset + cursor] == id;
}

bool comesBefore(Choice a, Choice b) {
    return a.value > b.value || (a.value == b.value && a.id < b.id);
}

Choice held[HELD];  // this lane's best ids that are not yet reported, in order, then NO_CHOICE

/// Takes the HELD best of this lane's ids that come after `last`.
void holdNextBest(Choice last) {
    [[unroll]] for (uint i = 0; i < HELD; ++i) {
        held[i] = NO_CHOICE;
    }
    const uint first = firstLogit();
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id >= params.vocabulary) {
                continue;
            }
            Choice moving = Choice(logits[first + id], id);
            if (comesBefore(last, moving) && comesBefore(moving, held[HELD - 1]) && !isForbidden(id, cursor)) {
                [[unroll]] for (uint i = 0; i < HELD; ++i) {
                    if (comesBefore(moving, held[i])) {
                        const Choice displaced = held[i];
                        held[i] = moving;
                        moving = displaced;
                    }
                }
            }
        }
    }
}

/// After the lane's best was reported.
void dropFirstHeld() {
    const Choice last = held[0];
    [[unroll]] for (uint i = 0; i + 1 < HELD; ++i) {
        held[i] = held[i + 1];
    }
    held[HELD - 1] = NO_CHOICE;
    if (held[0].id == NONE) {
        holdNextBest(last);
    }
}

/// The best of this lane's ids after noise was added: largest logit - temperature * ln(E).
Choice bestDraw() {
    const uint first = firstLogit();
    const uint position = positions[params.positionsOffset + gl_WorkGroupID.x];
    Choice best = NO_CHOICE;
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x; group * 4 < params.vocabulary; group += LANES) {
        const uvec4 words =
            philox4x32(uvec4(params.step, position, DRAW_GUMBEL, group), uvec2(params.seedLow, params.seedHigh));
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group * 4 + word;
            if (id < params.vocabulary && !isForbidden(id, cursor)) {
                const float value = logits[first + id] - params.temperature * log(exponentialFrom(words[word]));
                if (value > best.value || best.id == NONE) {
                    best = Choice(value, id);
                }
            }
        }
    }
    return best;
}

/// The best of all lanes, the lower id among equals.
Choice bestOfTeam(Choice own) {
    const float value = laneMax(own.value);
    return Choice(value, laneMin(own.value == value ? own.id : NONE));
}

/// sum exp(logit - largest), and the sum of (logit - largest) weighted by it.
vec2 sumsOfTeam(float largest) {
    const uint first = firstLogit();
    vec2 sums = vec2(0.0);
    uint cursor = 0;
    for (uint group = gl_LocalInvocationID.x * 4; group < params.vocabulary; group += LANES * 4) {
        vec2 groupSums = vec2(0.0);  // shorter sums round less
        [[unroll]] for (uint word = 0; word < 4; ++word) {
            const uint id = group + word;
            if (id < params.vocabulary && !isForbidden(id, cursor)) {
                const float distance = logits[first + id] - largest;
                const float weight = exp(distance);
                // A weight of 0 may stand beside a distance of minus infinity.
                groupSums += weight > 0.0 ? vec2(weight, weight * distance) : vec2(0.0);
            }
        }
        sums += groupSums;
    }
    return vec2(laneSum(sums.x), laneSum(sums.y));
}

void main() {
    const bool isWriter = gl_LocalInvocationID.x == 0;
    const uint row = params.outOffset + gl_WorkGroupID.x * (2 * params.count + 5);

    holdNextBest(Choice(INFINITY, 0));
    Choice best = bestOfTeam(held[0]);
    const float largest = best.value;
    const vec2 sums = sumsOfTeam(largest);
    const Choice drawn = params.temperature > 0.0 ? bestOfTeam(bestDraw()) : best;

    float firstTwo[2] = float[2](0.0, 0.0);
    for (uint rank = 0; rank < max(params.count, 2); ++rank) {
        if (rank > 0) {
            if (held[0].id == best.id) {
                dropFirstHeld();
            }
            best = bestOfTeam(held[0]);
        }
        const float probability = best.id == NONE ? 0.0 : exp(best.value - largest) / sums.x;
        if (rank < 2) {
            firstTwo[rank] = probability;
        }
        if (isWriter && rank < params.count) {
            result[row + rank] = best.id;
            result[row + params.count + rank] = floatBitsToUint(probability);
        }
    }

    if (isWriter) {
        const uint summary = row + 2 * params.count;
        const float logSum = log(sums.x);
        const float drawnLogit = drawn.id == NONE ? -INFINITY : logits[firstLogit() + drawn.id];
        result[summary] = floatBitsToUint(largest + logSum);
        result[summary + 1] = floatBitsToUint(logSum - sums.y / sums.x);
        result[summary + 2] = floatBitsToUint(firstTwo[0] - firstTwo[1]);
        result[summary + 3] = drawn.id;
        result[summary + 4] = floatBitsToUint(exp(drawnLogit - largest) / sums.x);
    }
}
