#version 460
// The pairs of every expert side by side, rising, and where those of each begin: a counting sort of experts[pair].
// A workgroup owns one expert, and one more the end; every invocation a run of neighbouring pairs. Twin: tests/ops/group_by_expert_test.cpp.

#include "params/group_by_expert.h"

const uint LANES = 64;
layout(local_size_x = LANES) in;

layout(push_constant) uniform Push {
    GroupByExpertParams params;
};
layout(std430, binding = 0) readonly buffer Experts {
    uint experts[];
};
layout(std430, binding = 1) writeonly buffer Pairs {
    uint pairs[];
};
layout(std430, binding = 2) writeonly buffer Begins {
    uint begins[];
};

shared uint own[LANES];      // pairs of the expert in the run of each lane
shared uint earlier[LANES];  // pairs of experts before it

void main() {
    const uint lane = gl_LocalInvocationID.x;
    const uint expert = gl_WorkGroupID.x;
    const uint run = (params.pairs + LANES - 1) / LANES;
    const uint first = min(lane * run, params.pairs);
    const uint end = min(first + run, params.pairs);
    uint mine = 0;
    uint before = 0;
    for (uint pair = first; pair < end; ++pair) {
        const uint asked = experts[params.expertsOffset + pair];
        mine += asked == expert ? 1 : 0;
        before += asked < expert ? 1 : 0;
    }
    own[lane] = mine;
    earlier[lane] = before;
    barrier();
    uint begin = 0;
    uint at = 0;
    for (uint l = 0; l < LANES; ++l) {
        begin += earlier[l];
        at += l < lane ? own[l] : 0;
    }
    if (lane == 0) {
        begins[params.beginsOffset + expert] = begin;
    }
    at += begin;
    for (uint pair = first; pair < end; ++pair) {
        if (experts[params.expertsOffset + pair] == expert) {
            pairs[params.pairsOffset + at] = pair;
            ++at;
        }
    }
}
