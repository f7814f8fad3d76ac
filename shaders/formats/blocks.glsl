// Weights in blocks that share scales, read as words, so that no 8- or 16-bit storage feature is needed. The format file defines
// BLOCK_WEIGHTS and BLOCK_BYTES before it includes this one, and then blockWeights(). Formulas and layouts: engine/formats/dequantize.cpp,
// quantized_blocks.h. Where a block is a number of whole words, so is every address of a word in it.

#define TOGETHER 4

#include "words.glsl"

/// The weights i..i+3 of the block that starts at byte `block`; i is a multiple of 4.
vec4 blockWeights(uint block, uint i);

float[TOGETHER] weightsAt(uint row, uint d) {
    const vec4 w = blockWeights(row + d / BLOCK_WEIGHTS * BLOCK_BYTES, d % BLOCK_WEIGHTS);
    return float[TOGETHER](w.x, w.y, w.z, w.w);
}

uint byteAt(uint address) {
    return weightWord(address >> 2) >> ((address & 3u) * 8u) & 0xFFu;
}

/// `address` is even in every format that holds halves.
float halfAt(uint address) {
    return unpackHalf2x16(weightWord(address >> 2) >> ((address & 2u) * 8u)).x;
}

uint wordAt(uint address) {
#if BLOCK_BYTES % 4 == 0
    return weightWord(address >> 2);
#else
    const uint shift = (address & 3u) * 8u;
    const uint low = weightWord(address >> 2);
    return shift == 0u ? low : low >> shift | weightWord((address >> 2) + 1u) << (32u - shift);
#endif
}

uvec4 bytesOf(uint word) {
    return uvec4(word, word >> 8, word >> 16, word >> 24) & 0xFFu;
}

uvec4 bytesAt(uint address) {
    return bytesOf(wordAt(address));
}

/// `count` bits of the four bytes from bit `shift` on.
uvec4 bitsAt(uint address, uint shift, uint count) {
    return bytesAt(address) >> shift & ((1u << count) - 1u);
}

/// Four quants of 16 bytes that hold quant i in the low nibble of byte i and quant i + 16 in the high one.
uvec4 nibblesAt(uint address, uint i) {
    return bitsAt(address + i % 16u, i / 16u * 4u, 4u);
}
