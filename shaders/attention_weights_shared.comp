#version 460
#include "lanes/shared.glsl"
#include "attention_weights.glsl"
