#version 460
#include "formats/f32.glsl"
#include "gather_rows.glsl"
