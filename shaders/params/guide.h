/// Offsets and strides in elements of the bound ranges.
struct GuideParams {
    uint rows;
    uint columns;
    uint withOffset;
    uint withStride;
    uint withoutOffset;
    uint withoutStride;
    uint outOffset;
    uint outStride;
    float factor;  // scale + 1
};
