/// Offsets and strides in elements of the bound ranges.
struct AttentionParams {
    uint queries;
    uint keys;
    uint headsPerKvHead;
    uint firstQuery;     // key index of query row 0
    uint firstBlockEnd;  // a query sees the keys of its own and all earlier blocks: those before this one,
    uint blockLength;    // and then blocks of this length; 1 is causal, `keys` is full
    uint canvasBegin;    // queries from here on see every key
    uint shadow;         // keys at the end that no other query sees; each sees all but the key that it repeats
    uint shadowBegin;    // the first repeated one
    float scale;
    uint queryOffset;
    uint queryStride;
    uint keyOffset;
    uint keyStride;
    uint valueOffset;
    uint valueStride;
    uint outOffset;
    uint outStride;
};
