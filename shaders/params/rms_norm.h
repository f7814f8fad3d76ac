/// Offsets and strides in elements of the bound ranges.
struct RmsNormParams {
    uint groupLength;
    uint xOffset;
    uint xStride;
    uint weightOffset;
    uint outOffset;
    uint outStride;
    float epsilon;
};
