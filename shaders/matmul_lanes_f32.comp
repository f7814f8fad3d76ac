#version 460
#include "formats/f32.glsl"
#include "lanes/subgroup.glsl"
#include "matmul_lanes.glsl"
