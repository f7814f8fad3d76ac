/// Offsets and strides in elements of the bound ranges. What is called as in params/attention.h is the same.
struct AttentionWeightsParams {
    uint firstRow;       // of the results: query * heads + head
    uint firstQueryRow;  // of the queries that are bound
    uint keys;
    uint heads;
    uint headsPerKvHead;
    uint firstQuery;
    uint firstBlockEnd;
    uint blockLength;
    uint canvasBegin;
    uint shadow;
    uint shadowBegin;
    float scale;
    uint queryOffset;
    uint queryStride;
    uint keyOffset;
    uint keyStride;
    uint outOffset;
    uint outStride;
};
