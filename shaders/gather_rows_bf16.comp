#version 460
#include "formats/bf16.glsl"
#include "gather_rows.glsl"
