#version 460
#include "formats/f16.glsl"
#include "lanes/subgroup.glsl"
#include "matmul_lanes.glsl"
