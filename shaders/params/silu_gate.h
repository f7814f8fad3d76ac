/// Offsets and strides in elements of the bound ranges.
struct SiluGateParams {
    uint rows;
    uint columns;
    uint gateOffset;
    uint gateStride;
    uint upOffset;
    uint upStride;
    uint outOffset;
    uint outStride;
};
