#version 460
// a' = a cos - b sin,  b' = a sin + b cos     for every pair (a, b) of every head of x [rows, heads * headDim], in place
// table [rows, 2 * pairs]: cos of every pair, then sin of every pair; bound so that its row 0 belongs to row 0 of x.
// An invocation owns one pair. Twin: tests/ops/rope_test.cpp.

#include "params/rope.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    RopeParams params;
};
layout(std430, binding = 0) readonly buffer Table {
    float table[];
};
layout(std430, binding = 1) buffer X {
    float x[];
};

void main() {
    const uint head = gl_GlobalInvocationID.x / params.pairs;
    const uint pair = gl_GlobalInvocationID.x % params.pairs;
    const uint row = gl_GlobalInvocationID.y;
    if (head >= params.heads || row >= params.rows) {
        return;
    }
    const uint angle = params.tableOffset + row * params.tableStride + pair;
    const float cosine = table[angle];
    const float sine = table[angle + params.pairs];
    const uint first = params.xOffset + row * params.xStride + head * params.headDim;
    const uint atA = first + (params.interleaved != 0u ? 2u * pair : pair);
    const uint atB = params.interleaved != 0u ? atA + 1u : atA + params.pairs;
    const float a = x[atA];
    const float b = x[atB];
    x[atA] = a * cosine - b * sine;
    x[atB] = a * sine + b * cosine;
}
