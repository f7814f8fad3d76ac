/// Offsets and strides in elements of the bound ranges.
struct RouteParams {
    uint experts;
    uint used;
    uint groups;
    uint groupsUsed;
    uint sigmoid;      // 0 or 1: softmax
    uint hasBias;      // 0 or 1; without a bias its binding is not read
    uint renormalise;  // 0 or 1
    float scale;
    uint scoresOffset;
    uint scoresStride;
    uint biasOffset;
    uint expertsOffset;
    uint weightsOffset;
    uint weightsStride;
};
