#version 460
#include "formats/weights.glsl"
#include "matmul_operands.glsl"
#include "matmul_tiled.glsl"
