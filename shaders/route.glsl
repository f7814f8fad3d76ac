// Per row: p = softmax(scores) or sigmoid(scores), s = p + bias; the groups with the largest sum of their two best s stay; of their experts
// the `used` ones with the largest s, the lowest index first among equals; weights scale * p (/ (1e-20 + sum p)).
// A team owns one row. Every s is computed once, so that equal ones stay equal. Twin: tests/ops/route_test.cpp.

#include "params/route.h"

const uint MOST_EXPERTS = 1024;  // kMostExperts and kMostExpertGroups in backend.h
const uint MOST_GROUPS = 64;
const float OUTSIDE = -3.0e38;
const float NOTHING = -3.3e38;
const float BEFORE_ALL = 3.0e38;
const uint NONE = 0xffffffffu;

layout(push_constant) uniform Push {
    RouteParams params;
};
layout(std430, binding = 0) readonly buffer Scores {
    float scores[];
};
layout(std430, binding = 1) readonly buffer Bias {
    float bias[];
};
layout(std430, binding = 2) writeonly buffer Experts {
    uint experts[];
};
layout(std430, binding = 3) buffer Weights {
    float weights[];
};

shared float selection[MOST_EXPERTS];
shared float groupScores[MOST_GROUPS];
shared uint stays[MOST_GROUPS];

struct Ranked {
    float value;
    uint place;
};

float scoreOf(uint row, uint expert) {
    return scores[params.scoresOffset + row * params.scoresStride + expert];
}

/// The best of two that this lane knows becomes the best of the team; `most` places there are. Place 0 where values are no numbers.
Ranked bestOfTeam(Ranked mine, uint most) {
    const float best = laneMax(mine.value);
    const uint place = laneMin(mine.value == best ? mine.place : NONE);
    return Ranked(best, place < most ? place : 0u);
}

/// Whether (value, place) comes behind `previous`: a smaller value, or the same further back.
bool isBehind(Ranked previous, float value, uint place) {
    return value < previous.value || (value == previous.value && place > previous.place);
}

float groupScore(uint group, uint members) {
    float first = selection[group * members];
    float second = OUTSIDE;
    for (uint i = 1; i < members; ++i) {
        const float member = selection[group * members + i];
        second = max(second, min(first, member));
        first = max(first, member);
    }
    return members > 1 ? first + second : first;
}

void leaveBestGroups() {
    const uint lane = gl_LocalInvocationID.x;
    const uint members = params.experts / params.groups;
    for (uint group = lane; group < params.groups; group += LANES) {
        groupScores[group] = groupScore(group, members);
        stays[group] = 0u;
    }
    barrier();
    Ranked previous = Ranked(BEFORE_ALL, 0u);
    for (uint i = 0; i < params.groupsUsed; ++i) {
        Ranked best = Ranked(NOTHING, NONE);
        for (uint group = lane; group < params.groups; group += LANES) {
            if (isBehind(previous, groupScores[group], group) && (best.place == NONE || groupScores[group] > best.value)) {
                best = Ranked(groupScores[group], group);
            }
        }
        previous = bestOfTeam(best, params.groups);
        if (lane == 0u) {
            stays[previous.place] = 1u;
        }
    }
    barrier();
    for (uint expert = lane; expert < params.experts; expert += LANES) {
        selection[expert] = stays[expert / members] != 0u ? selection[expert] : OUTSIDE;
    }
    barrier();
}

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint row = gl_WorkGroupID.x;
    const bool isSigmoid = params.sigmoid != 0u;
    float largest = 0.0;
    float inverseSum = 1.0;
    if (!isSigmoid) {
        largest = OUTSIDE;
        for (uint e = lane; e < params.experts; e += LANES) {
            largest = max(largest, scoreOf(row, e));
        }
        largest = laneMax(largest);
        float sum = 0.0;
        for (uint e = lane; e < params.experts; e += LANES) {
            sum += exp(scoreOf(row, e) - largest);
        }
        inverseSum = 1.0 / laneSum(sum);
    }
    // Without a bias the order of the scores is that of p, and tells apart what p rounds to the same number.
    const bool byScore = params.hasBias == 0u && params.groups == 1u;
    for (uint e = lane; e < params.experts; e += LANES) {
        const float score = scoreOf(row, e);
        const float p = isSigmoid ? 1.0 / (1.0 + exp(-score)) : exp(score - largest) * inverseSum;
        const float shift = params.hasBias != 0u ? bias[params.biasOffset + e] : 0.0;
        selection[e] = byScore ? score : p + shift;
    }
    barrier();
    if (params.groups > 1u) {
        leaveBestGroups();
    }

    const uint weightsFirst = params.weightsOffset + row * params.weightsStride;
    float sum = 0.0;
    Ranked previous = Ranked(BEFORE_ALL, 0u);
    for (uint k = 0; k < params.used; ++k) {
        Ranked best = Ranked(NOTHING, NONE);
        for (uint e = lane; e < params.experts; e += LANES) {
            if (isBehind(previous, selection[e], e) && (best.place == NONE || selection[e] > best.value)) {
                best = Ranked(selection[e], e);
            }
        }
        previous = bestOfTeam(best, params.experts);
        const float score = scoreOf(row, previous.place);
        const float p = isSigmoid ? 1.0 / (1.0 + exp(-score)) : exp(score - largest) * inverseSum;
        sum += p;
        if (lane == 0u) {
            experts[params.expertsOffset + row * params.used + k] = previous.place;
            weights[weightsFirst + k] = p;
        }
    }
    const bool isAlone = isSigmoid && params.used == 1u;
    const float factor = params.renormalise != 0u && !isAlone ? params.scale / (sum + 1e-20) : params.scale;
    if (lane == 0u) {
        for (uint k = 0; k < params.used; ++k) {
            weights[weightsFirst + k] *= factor;
        }
    }
}
