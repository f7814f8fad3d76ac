// Super-blocks of eight sub-blocks that have a scale and a minimum of 6 bits each: Q4_K and Q5_K.

#include "blocks.glsl"

/// Scale and minimum of the sub-block that weight i belongs to.
vec2 scaleAndMinimum(uint block, uint i) {
    const uint sub = i / 32u;
    const uint scales = block + 4u;
    const uint own = byteAt(scales + sub % 4u);
    const uint next = byteAt(scales + sub % 4u + 4u);
    uvec2 parts = uvec2(own, next) & 63u;
    if (sub >= 4u) {
        const uint last = byteAt(scales + sub + 4u);
        parts = uvec2(last & 15u, last >> 4) | uvec2(own, next) >> 6 << 4;
    }
    return unpackHalf2x16(wordAt(block)) * vec2(parts);
}
