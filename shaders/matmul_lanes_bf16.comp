#version 460
#include "formats/bf16.glsl"
#include "lanes/subgroup.glsl"
#include "matmul_lanes.glsl"
