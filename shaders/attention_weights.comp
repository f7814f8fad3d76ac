#version 460
#include "lanes/subgroup.glsl"
#include "attention_weights.glsl"
