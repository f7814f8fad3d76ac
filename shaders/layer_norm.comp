#version 460
#include "lanes/subgroup.glsl"
#include "layer_norm.glsl"
