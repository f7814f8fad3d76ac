/// Offsets and strides in elements of the bound ranges.
struct GeluParams {
    uint rows;
    uint columns;
    uint xOffset;
    uint xStride;
    uint outOffset;
    uint outStride;
};
