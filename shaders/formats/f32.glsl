// Weights in F32. A format file gives weightAt(index): element `index` of the bound range as f32.

layout(std430, binding = 0) readonly buffer Weights {
    float weights[];
};

float weightAt(uint index) {
    return weights[index];
}
