/// Offsets and strides in elements of the bound ranges.
struct DriftParams {
    uint vocabulary;
    uint forbidden;  // length of the sorted list
    uint logitsOffset;
    uint logitsStride;
    uint keptOffset;
    uint keptStride;
    uint forbiddenOffset;
    uint outOffset;
};
