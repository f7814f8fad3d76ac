/// Offsets and strides in elements of the bound ranges; those of the table and its weights in bytes where they come in blocks.
struct GatherRowsParams {
    uint firstRow;   // row of the table that the bound range starts with
    uint tableRows;  // in the bound range
    uint columns;
    uint count;  // rows to write
    uint tableOffset;
    uint tableStride;
    uint indexOffset;
    uint outOffset;
    uint outStride;
    uint addToOut;  // 1: add, 0: overwrite
};
