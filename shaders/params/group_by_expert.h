/// Offsets in elements of the bound ranges.
struct GroupByExpertParams {
    uint pairs;
    uint expertsOffset;
    uint pairsOffset;
    uint beginsOffset;
};
