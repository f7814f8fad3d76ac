/// Offsets and strides in elements of the bound ranges; those of weights in bytes where they come in blocks.
struct ExpertMatmulParams {
    uint features;
    uint depth;
    uint tilesPerExpert;
    uint share;  // pairs that have one row of x
    uint weightOffset;
    uint weightStride;
    uint expertStride;  // of the weights, from expert to expert
    uint xOffset;
    uint xStride;
    uint pairsOffset;
    uint beginsOffset;  // of the first bound expert
    uint outOffset;
    uint outStride;
};
