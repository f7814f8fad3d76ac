#version 460
#include "formats/f16.glsl"
#include "matmul_tiled.glsl"
