#version 460
#include "lanes/subgroup.glsl"
#include "truncate.glsl"
