#version 460
#include "lanes/shared.glsl"
#include "rms_norm.glsl"
