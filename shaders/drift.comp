#version 460
#include "lanes/subgroup.glsl"
#include "drift.glsl"
