#version 460
#include "formats/weights.glsl"
#include "expert_matmul_operands.glsl"
#include "matmul_tiled.glsl"
