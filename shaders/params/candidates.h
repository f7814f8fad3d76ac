/// Offsets and strides in elements of the bound ranges.
struct CandidatesParams {
    uint vocabulary;
    uint count;      // candidates to report
    uint forbidden;  // length of the sorted list
    uint logitsOffset;
    uint logitsStride;
    uint forbiddenOffset;
    uint positionsOffset;
    uint outOffset;
    float temperature;
    uint seedLow;
    uint seedHigh;
    uint step;
};
