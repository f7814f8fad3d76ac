#version 460
#include "lanes/subgroup.glsl"
#include "attention.glsl"
