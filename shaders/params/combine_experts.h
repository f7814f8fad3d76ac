/// Offsets and strides in elements of the bound ranges.
struct CombineExpertsParams {
    uint rows;
    uint columns;
    uint used;
    uint xOffset;
    uint xStride;
    uint weightsOffset;
    uint weightsStride;
    uint outOffset;
    uint outStride;
};
