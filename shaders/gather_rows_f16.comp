#version 460
#include "formats/f16.glsl"
#include "gather_rows.glsl"
