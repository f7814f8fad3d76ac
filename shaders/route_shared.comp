#version 460
#include "lanes/shared.glsl"
#include "route.glsl"
