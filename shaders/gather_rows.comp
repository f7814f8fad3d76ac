#version 460
#include "formats/weights.glsl"
#include "gather_rows.glsl"
