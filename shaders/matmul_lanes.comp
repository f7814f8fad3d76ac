#version 460
#include "formats/weights.glsl"
#include "lanes/subgroup.glsl"
#include "matmul_operands.glsl"
#include "matmul_lanes.glsl"
