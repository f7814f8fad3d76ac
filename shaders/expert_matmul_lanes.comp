#version 460
#include "formats/weights.glsl"
#include "lanes/subgroup.glsl"
#include "expert_matmul_operands.glsl"
#include "matmul_lanes.glsl"
