#version 460
#include "lanes/shared.glsl"
#include "layer_norm.glsl"
