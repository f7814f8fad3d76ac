#version 460
#define FETCH_TEXELS
#include "formats/weights.glsl"
#include "matmul_operands.glsl"
#include "matmul_texels.glsl"
