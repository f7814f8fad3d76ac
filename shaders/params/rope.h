/// Offsets and strides in elements of the bound ranges.
struct RopeParams {
    uint rows;
    uint heads;
    uint headDim;
    uint pairs;
    uint interleaved;  // 0 or 1
    uint tableOffset;
    uint tableStride;
    uint xOffset;
    uint xStride;
};
