#version 460
#include "formats/bf16.glsl"
#include "matmul_tiled.glsl"
