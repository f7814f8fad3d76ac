/// Offsets and strides in elements of the bound ranges.
struct TruncateParams {
    uint vocabulary;
    uint forbidden;  // length of the sorted list
    uint logitsOffset;
    uint logitsStride;
    uint forbiddenOffset;
    uint topK;  // 0: no limit
    float temperature;
    float topP;  // 1: no limit
    float cutLogit;
};
