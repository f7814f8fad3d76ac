/// Offsets and strides in elements of the bound ranges.
struct PickParams {
    uint rows;
    uint logitsOffset;
    uint logitsStride;
    uint idsOffset;
    uint outOffset;
};
