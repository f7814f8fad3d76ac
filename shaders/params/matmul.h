/// Offsets and strides in elements of the bound ranges; those of weights in bytes where they come in blocks.
struct MatmulParams {
    uint rows;
    uint features;
    uint depth;
    uint weightOffset;
    uint weightStride;
    uint xOffset;
    uint xStride;
    uint biasOffset;
    uint hasBias;  // 0 or 1; without a bias its binding is not read
    uint outOffset;
    uint outStride;
    uint addToOut;  // 0 or 1
};
