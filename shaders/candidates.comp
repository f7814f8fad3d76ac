#version 460
#include "lanes/subgroup.glsl"
#include "candidates.glsl"
