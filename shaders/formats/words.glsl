// The words of the weights: fetched as texels where the build says so, else from a storage buffer. Llvmpipe fetches the texels of all lanes
// by one gather, and reads a storage buffer lane by lane.

#ifdef FETCH_TEXELS
layout(binding = 0) uniform usamplerBuffer weightTexels;

uint weightWord(uint index) {
    return texelFetch(weightTexels, int(index)).x;
}
#else
layout(std430, binding = 0) readonly buffer Weights {
    uint weightWords[];
};

uint weightWord(uint index) {
    return weightWords[index];
}
#endif
