#version 460
#include "formats/f32.glsl"
#include "matmul_tiled.glsl"
