#version 460
#include "lanes/subgroup.glsl"
#include "route.glsl"
