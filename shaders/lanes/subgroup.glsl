// A team: the LANES invocations of a workgroup that is exactly one subgroup (the host requires that subgroup size). They share values
// without shared memory and without barriers, which cost about 0.1 us per invocation on llvmpipe.

#extension GL_KHR_shader_subgroup_arithmetic : require
#extension GL_KHR_shader_subgroup_ballot : require

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

/// `value` of another lane, the same one for all.
float laneValue(float value, uint lane) {
    return subgroupBroadcast(value, lane);
}
