/// Offsets and strides in elements of the bound ranges.
struct LayerNormParams {
    uint width;
    uint xOffset;
    uint xStride;
    uint weightOffset;
    uint biasOffset;
    uint outOffset;
    uint outStride;
    float epsilon;
};
