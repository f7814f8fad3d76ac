#include "tests/support/quantized_blocks.h"

#include "engine/base/assert.h"

#include <array>
#include <cmath>
#include <utility>

namespace crystallite {
namespace {

/// A block as a string of bits, the lowest bit of the first byte first. Positions are in bits.
class Bits {
public:
    explicit Bits(std::span<const std::byte> bytes) : bytes_(bytes) {}

    [[nodiscard]] int at(uint32_t first, uint32_t count) const {
        int value = 0;
        for (uint32_t k = 0; k < count; ++k) {
            const uint32_t bit = first + k;
            value += static_cast<int>((static_cast<uint32_t>(bytes_[bit / 8]) >> (bit % 8)) & 1U) << k;
        }
        return value;
    }

    [[nodiscard]] int signedAt(uint32_t first) const {
        const int value = at(first, 8);
        return value < 128 ? value : value - 256;
    }

    /// IEEE 754 binary16.
    [[nodiscard]] double halfAt(uint32_t first) const {
        const int fraction = at(first, 10);
        const int exponent = at(first + 10, 5);
        const double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
        return at(first + 15, 1) == 0 ? magnitude : -magnitude;
    }

private:
    std::span<const std::byte> bytes_;
};

constexpr std::array<double, 16> kIq4Levels = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/// Sign, two bits of exponent (bias 1), one of fraction.
double e2m1(int bits) {
    const int exponent = (bits >> 1) & 3;
    const int fraction = bits & 1;
    const double magnitude = exponent == 0 ? fraction * 0.5 : std::ldexp(1 + fraction * 0.5, exponent - 1);
    return bits < 8 || magnitude == 0 ? magnitude : -magnitude;
}

/// The place of nibble `i` of 32 that lie in 16 bytes from bit `first`.
uint32_t nibble(uint32_t first, uint32_t i) {
    return first + (i < 16 ? 8 * i : 8 * (i - 16) + 4);
}

double exactSmallBlockWeight(WeightFormat format, const Bits& b, uint32_t i) {
    switch (format) {
        case WeightFormat::Q8_0: return b.halfAt(0) * b.signedAt(16 + 8 * i);
        case WeightFormat::Q4_0: return b.halfAt(0) * (b.at(nibble(16, i), 4) - 8);
        case WeightFormat::Q4_1: return b.halfAt(0) * b.at(nibble(32, i), 4) + b.halfAt(16);
        case WeightFormat::Q5_0: return b.halfAt(0) * (b.at(nibble(48, i), 4) + 16 * b.at(16 + i, 1) - 16);
        case WeightFormat::Q5_1: return b.halfAt(0) * (b.at(nibble(64, i), 4) + 16 * b.at(32 + i, 1)) + b.halfAt(16);
        case WeightFormat::IQ4_NL: return b.halfAt(0) * kIq4Levels.at(static_cast<size_t>(b.at(nibble(16, i), 4)));
        case WeightFormat::MXFP4: return std::ldexp(e2m1(b.at(nibble(8, i), 4)), b.at(0, 8) - 127);
        default: ENGINE_ASSERT(false); return 0;
    }
}

/// The 6-bit scale and minimum of a sub-block of Q4_K or Q5_K: in bytes of their own, or spread over the upper bits.
std::pair<int, int> scaleAndMinimum(const Bits& b, uint32_t sub) {
    const uint32_t first = 32;
    if (sub < 4) {
        return {b.at(first + 8 * sub, 6), b.at(first + 8 * (sub + 4), 6)};
    }
    return {b.at(first + 8 * (sub + 4), 4) + 16 * b.at(first + 8 * (sub - 4) + 6, 2),
            b.at(first + 8 * (sub + 4) + 4, 4) + 16 * b.at(first + 8 * sub + 6, 2)};
}

/// d * scale * q - dmin * minimum. All of it is a multiple of 2^-24 below 2^27, so that double precision is exact.
double exactQ4OrQ5Weight(const Bits& b, uint32_t i, bool fiveBits) {
    const uint32_t sub = i / 32;
    const auto [scale, minimum] = scaleAndMinimum(b, sub);
    const uint32_t nibbles = fiveBits ? 384 : 128;
    const int low = b.at(nibbles + 256 * (sub / 2) + 8 * (i % 32) + 4 * (sub % 2), 4);
    const int high = fiveBits ? b.at(128 + 8 * (i % 32) + sub, 1) : 0;
    return b.halfAt(0) * scale * (low + 16 * high) - b.halfAt(16) * minimum;
}

double exactSuperBlockWeight(WeightFormat format, const Bits& b, uint32_t i) {
    // Two halves of 128 weights, four quarters of 32 in each; 16 weights share a scale.
    const uint32_t half = i / 128;
    const uint32_t quarter = i / 32 % 4;
    const uint32_t column = i % 32;
    const uint32_t sixteen = i / 16;
    switch (format) {
        case WeightFormat::Q2_K: {
            const int quant = b.at(128 + 256 * half + 8 * column + 2 * quarter, 2);
            return b.halfAt(640) * b.at(8 * sixteen, 4) * quant - b.halfAt(656) * b.at(8 * sixteen + 4, 4);
        }
        case WeightFormat::Q3_K: {
            const int quant = b.at(256 + 256 * half + 8 * column + 2 * quarter, 2) + 4 * b.at(8 * column + i / 32, 1) - 4;
            const int low = sixteen < 8 ? b.at(768 + 8 * sixteen, 4) : b.at(768 + 8 * (sixteen - 8) + 4, 4);
            const int high = b.at(832 + 8 * (sixteen % 4) + 2 * (sixteen / 4), 2);
            return b.halfAt(864) * (low + 16 * high - 32) * quant;
        }
        case WeightFormat::Q4_K: return exactQ4OrQ5Weight(b, i, false);
        case WeightFormat::Q5_K: return exactQ4OrQ5Weight(b, i, true);
        case WeightFormat::Q6_K: {
            const int low = b.at(512 * half + 256 * (quarter % 2) + 8 * column + 4 * (quarter / 2), 4);
            const int high = b.at(1024 + 256 * half + 8 * column + 2 * quarter, 2);
            return b.halfAt(1664) * b.signedAt(1536 + 8 * sixteen) * (low + 16 * high - 32);
        }
        case WeightFormat::IQ4_XS: {
            const uint32_t sub = i / 32;
            const int scale = b.at(32 + 4 * sub, 4) + 16 * b.at(16 + 2 * sub, 2) - 32;
            return b.halfAt(0) * scale * kIq4Levels.at(static_cast<size_t>(b.at(nibble(64 + 128 * sub, column), 4)));
        }
        default: ENGINE_ASSERT(false); return 0;
    }
}

/// Byte positions of the halves of a block.
std::vector<size_t> halvesOf(WeightFormat format) {
    switch (format) {
        case WeightFormat::Q4_1:
        case WeightFormat::Q5_1:
        case WeightFormat::Q4_K:
        case WeightFormat::Q5_K: return {0, 2};
        case WeightFormat::Q2_K: return {80, 82};
        case WeightFormat::Q3_K: return {108};
        case WeightFormat::Q6_K: return {208};
        case WeightFormat::MXFP4: return {};
        default: return {0};
    }
}

uint32_t moderateHalf(uint32_t random) {
    const uint32_t exponent = 15 - 9 + (random >> 10U) % 7;
    return (random & 0x83ffU) | exponent << 10U;
}

uint32_t anyFiniteHalf(uint32_t random, uint32_t block) {
    constexpr std::array<uint32_t, 6> kExtremes = {0x7bff, 0xfbff, 0x0001, 0x8001, 0x0000, 0x0400};
    if (block < kExtremes.size()) {
        return kExtremes.at(block);
    }
    return (random & 0x7c00U) == 0x7c00U ? random & ~0x4000U : random & 0xffffU;
}

void setScales(WeightFormat format, std::span<std::byte> block, uint32_t index, BlockScales scales) {
    const auto byteAt = [&](size_t position) { return static_cast<uint32_t>(block[position]); };
    for (const size_t position : halvesOf(format)) {
        const uint32_t random = byteAt(position) | byteAt(position + 1) << 8U;
        const uint32_t half = scales == BlockScales::Moderate ? moderateHalf(random) : anyFiniteHalf(random, index);
        block[position] = static_cast<std::byte>(half);
        block[position + 1] = static_cast<std::byte>(half >> 8U);
    }
    if (format == WeightFormat::MXFP4) {
        const uint32_t exponent = scales == BlockScales::Moderate ? 127 - 9 + byteAt(0) % 7 : index < 256 ? index : byteAt(0);
        block[0] = static_cast<std::byte>(exponent);
    }
}

}  // namespace

double exactWeight(WeightFormat format, std::span<const std::byte> block, uint32_t i) {
    const WeightLayout layout = layoutOf(format);
    ENGINE_ASSERT(block.size() == layout.bytesPerBlock && i < layout.elementsPerBlock);
    return layout.elementsPerBlock == 256 ? exactSuperBlockWeight(format, Bits(block), i) : exactSmallBlockWeight(format, Bits(block), i);
}

double exactStep(WeightFormat format, std::span<const std::byte> block, uint32_t i) {
    const Bits b(block);
    const uint32_t sub = i / 32;
    const uint32_t sixteen = i / 16;
    switch (format) {
        case WeightFormat::Q8_0:
        case WeightFormat::Q4_0: return std::abs(b.halfAt(0));
        case WeightFormat::Q4_K: return b.halfAt(0) * scaleAndMinimum(b, sub).first;
        case WeightFormat::Q6_K: return std::abs(b.halfAt(1664) * b.signedAt(1536 + 8 * sixteen));
        default: ENGINE_ASSERT(false); return 0;
    }
}

FloatMatrix nearestWeights(const StoredMatrix& stored) {
    const WeightLayout layout = layoutOf(stored.format);
    FloatMatrix matrix(stored.rows, stored.columns);
    for (size_t i = 0; i < matrix.values.size(); ++i) {
        const size_t block = i / layout.elementsPerBlock;
        const auto within = static_cast<uint32_t>(i % layout.elementsPerBlock);
        const std::span bytes = std::span(stored.bytes).subspan(block * layout.bytesPerBlock, layout.bytesPerBlock);
        matrix.values[i] = static_cast<float>(exactWeight(stored.format, bytes, within));
    }
    return matrix;
}

StoredMatrix randomBlocks(WeightFormat format, uint32_t rows, uint32_t columns, uint32_t seed, BlockScales scales) {
    const WeightLayout layout = layoutOf(format);
    StoredMatrix stored{.format = format, .rows = rows, .columns = columns, .bytes = {}};
    for (const uint32_t byte : randomIndices(static_cast<uint32_t>(rows * rowBytes(format, columns)), 256, seed)) {
        stored.bytes.push_back(static_cast<std::byte>(byte));
    }
    for (size_t block = 0; block * layout.bytesPerBlock < stored.bytes.size(); ++block) {
        setScales(format, std::span(stored.bytes).subspan(block * layout.bytesPerBlock, layout.bytesPerBlock), static_cast<uint32_t>(block),
                  scales);
    }
    return stored;
}

}  // namespace crystallite
