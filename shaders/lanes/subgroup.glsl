// A team: the LANES invocations of a workgroup that is exactly one subgroup (the host requires that subgroup size). They share values
// without shared memory and without barriers, which cost about 0.1 us per invocation on llvmpipe.

#extension GL_KHR_shader_subgroup_arithmetic : require
#extension GL_KHR_shader_subgroup_ballot : require
#extension GL_EXT_control_flow_attributes : require

layout(constant_id = 0) const uint LANES = 8;
layout(local_size_x_id = 0) in;

float laneSum(float value) {
    return subgroupAdd(value);
}

float laneMax(float value) {
    return subgroupMax(value);
}

uint laneMin(uint value) {
    return subgroupMin(value);
}

// A board shows values of every lane to all lanes: declared at file scope, written by each lane with POST, read with POSTED after
// settlePosts(), and again settled before it is written anew. `lane` is the same for all lanes; loops over slots or lanes are marked
// BOARD_UNROLL, because here slots must be constants.
#define BOARD(name, slots) float name[slots]
#define POST(board, slot, value) board[slot] = (value)
#define POSTED(board, slot, lane) subgroupBroadcast(board[slot], lane)
#define BOARD_UNROLL [[unroll]]

void settlePosts() {}
