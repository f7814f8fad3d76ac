#version 460
#include "lanes/subgroup.glsl"
#include "rms_norm.glsl"
