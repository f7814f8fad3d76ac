// Bindings of both matmul bodies, below the weights of the format file, and how a finished sum is stored.

layout(push_constant) uniform Push {
    MatmulParams params;
};
layout(std430, binding = 1) readonly buffer X {
    float x[];
};
layout(std430, binding = 2) readonly buffer Bias {
    float bias[];
};
layout(std430, binding = 3) buffer Out {
    float result[];
};

void storeResult(uint row, uint feature, float sum) {
    if (row >= params.rows || feature >= params.features) {
        return;
    }
    const uint at = params.outOffset + row * params.outStride + feature;
    if (params.hasBias != 0u) {
        sum += bias[params.biasOffset + feature];
    }
    result[at] = params.addToOut != 0u ? result[at] + sum : sum;
}
