#include "engine/formats/weight_format.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace crystallite {
namespace {

/// The definition of IEEE 754 binary16, in double precision.
double valueOfHalf(uint32_t half) {
    const double sign = (half >> 15U) != 0 ? -1 : 1;
    const int exponent = static_cast<int>((half >> 10U) & 0x1fU);
    const double fraction = (half & 0x3ffU) / 1024.0;
    if (exponent == 31) {
        return fraction == 0 ? sign * HUGE_VAL : std::nan("");
    }
    return exponent == 0 ? sign * std::ldexp(fraction, -14) : sign * std::ldexp(1 + fraction, exponent - 15);
}

bool isNanHalf(uint32_t half) {
    return (half & 0x7fffU) > 0x7c00U;
}

TEST(Half, OfEveryBitPatternIsExact) {
    for (uint32_t bits = 0; bits <= 0xffffU; ++bits) {
        const float value = floatFromHalf(static_cast<uint16_t>(bits));
        if (isNanHalf(bits)) {
            EXPECT_TRUE(std::isnan(value)) << std::hex << bits;
        } else {
            EXPECT_EQ(value, valueOfHalf(bits)) << std::hex << bits;
            EXPECT_EQ(std::signbit(value), (bits >> 15U) != 0) << std::hex << bits;
        }
    }
}

TEST(Half, SurvivesTheRoundTripThroughFloat) {
    for (uint32_t bits = 0; bits <= 0xffffU; ++bits) {
        const uint16_t back = halfFromFloat(floatFromHalf(static_cast<uint16_t>(bits)));
        if (isNanHalf(bits)) {
            EXPECT_TRUE(isNanHalf(back)) << std::hex << bits;
        } else {
            EXPECT_EQ(back, bits);
        }
    }
}

TEST(Half, RoundsToTheNearestWithTiesToEven) {
    for (uint32_t bits = 0; bits < 0x7bffU; ++bits) {
        const double low = valueOfHalf(bits);
        const auto middle = static_cast<float>((low + valueOfHalf(bits + 1)) / 2);  // exact: one bit more than a half has
        const uint32_t even = bits % 2 == 0 ? bits : bits + 1;

        EXPECT_EQ(halfFromFloat(middle), even) << std::hex << bits;
        EXPECT_EQ(halfFromFloat(std::nextafter(middle, 0.0F)), bits) << std::hex << bits;
        EXPECT_EQ(halfFromFloat(std::nextafter(middle, 1e6F)), bits + 1) << std::hex << bits;
        EXPECT_EQ(halfFromFloat(-middle), even | 0x8000U) << std::hex << bits;
    }
}

TEST(Half, OverflowsToInfinity) {
    EXPECT_EQ(halfFromFloat(65519.996F), 0x7bff);  // below the middle between the largest half and 2^16
    EXPECT_EQ(halfFromFloat(65520.0F), 0x7c00);
    EXPECT_EQ(halfFromFloat(-1e30F), 0xfc00);
    EXPECT_EQ(halfFromFloat(std::numeric_limits<float>::infinity()), 0x7c00);
}

TEST(Bfloat, IsTheUpperHalfOfAFloat) {
    EXPECT_EQ(floatFromBfloat(0x3f80), 1.0F);
    EXPECT_EQ(floatFromBfloat(0xc049), -3.140625F);
    for (uint32_t bits = 0; bits <= 0xffffU; ++bits) {
        const float value = floatFromBfloat(static_cast<uint16_t>(bits));
        if (std::isnan(value)) {
            EXPECT_TRUE(std::isnan(floatFromBfloat(bfloatFromFloat(value)))) << std::hex << bits;
        } else {
            EXPECT_EQ(bfloatFromFloat(value), bits);
        }
    }
}

TEST(Bfloat, RoundsToTheNearestWithTiesToEven) {
    EXPECT_EQ(bfloatFromFloat(std::bit_cast<float>(0x3f808000U)), 0x3f80);  // tie, even stays
    EXPECT_EQ(bfloatFromFloat(std::bit_cast<float>(0x3f818000U)), 0x3f82);  // tie, odd goes up
    EXPECT_EQ(bfloatFromFloat(std::bit_cast<float>(0x3f807fffU)), 0x3f80);
    EXPECT_EQ(bfloatFromFloat(std::bit_cast<float>(0x3f808001U)), 0x3f81);
    EXPECT_EQ(bfloatFromFloat(std::bit_cast<float>(0x7f7fffffU)), 0x7f80);  // the largest float rounds to infinity
    EXPECT_TRUE(std::isnan(floatFromBfloat(bfloatFromFloat(std::bit_cast<float>(0x7f800001U)))));
}

TEST(WeightFormat, SaysHowManyBytesARowTakes) {
    EXPECT_EQ(rowBytes(WeightFormat::F32, 7), 28U);
    EXPECT_EQ(rowBytes(WeightFormat::F16, 7), 14U);
    EXPECT_EQ(rowBytes(WeightFormat::BF16, uint64_t{1} << 40), uint64_t{1} << 41);
    EXPECT_EQ(layoutOf(WeightFormat::BF16).name, "BF16");
}

/// ggml's type ids, and the sizes of its blocks.
TEST(WeightFormat, KnowsTheBlocksOfEveryId) {
    struct Known {
        uint32_t id;
        const char* name;
        uint64_t bytesOf256;
    };
    const std::vector<Known> known = {{0, "F32", 1024},    {1, "F16", 512},        {30, "BF16", 512},   {8, "Q8_0", 8 * 34},
                                      {2, "Q4_0", 8 * 18}, {3, "Q4_1", 8 * 20},    {6, "Q5_0", 8 * 22}, {7, "Q5_1", 8 * 24},
                                      {10, "Q2_K", 84},    {11, "Q3_K", 110},      {12, "Q4_K", 144},   {13, "Q5_K", 176},
                                      {14, "Q6_K", 210},   {20, "IQ4_NL", 8 * 18}, {23, "IQ4_XS", 136}, {39, "MXFP4", 8 * 17}};
    for (const auto& [id, name, bytes] : known) {
        const std::optional<WeightFormat> format = findWeightFormat(id);
        ASSERT_TRUE(format) << name;
        EXPECT_EQ(static_cast<uint32_t>(*format), id);
        EXPECT_EQ(layoutOf(*format).name, name);
        EXPECT_EQ(rowBytes(*format, 256), bytes) << name;
        EXPECT_EQ(isQuantized(*format), id != 0 && id != 1 && id != 30) << name;
    }
    EXPECT_EQ(kWeightFormats.size(), known.size());
    for (const uint32_t other : {4U, 5U, 9U, 15U, 17U, 24U, 38U, 40U, 1U << 31U}) {
        EXPECT_EQ(findWeightFormat(other), std::nullopt) << other;
    }
}

/// Every 16-bit pattern in one row: whole vectors, and the rest of a length that no vector divides.
TEST(UnpackRow, AgreesWithTheConversionOfOneNumberAtAnyAlignment) {
    constexpr uint32_t kElements = 0x10000 - 3;
    for (const WeightFormat format : {WeightFormat::F16, WeightFormat::BF16}) {
        for (const size_t misalignment : {0, 1, 2, 5}) {
            std::vector<std::byte> row(misalignment + kElements * sizeof(uint16_t));
            for (uint32_t i = 0; i < kElements; ++i) {
                const auto bits = static_cast<uint16_t>(i);
                std::memcpy(row.data() + misalignment + i * sizeof(bits), &bits, sizeof(bits));
            }
            std::vector<float> actual(kElements + 1, -1.0F);

            unpackRow(format, row.data() + misalignment, actual.data(), kElements);

            for (uint32_t i = 0; i < kElements; ++i) {
                const auto bits = static_cast<uint16_t>(i);
                const float expected = format == WeightFormat::F16 ? floatFromHalf(bits) : floatFromBfloat(bits);
                ASSERT_EQ(std::bit_cast<uint32_t>(actual[i]), std::bit_cast<uint32_t>(expected))
                    << layoutOf(format).name << ' ' << std::hex << i << " misaligned by " << misalignment;
            }
            EXPECT_EQ(actual.back(), -1.0F) << "wrote past the row";
        }
    }
}

TEST(UnpackRow, CopiesFloats) {
    const std::vector<float> values = {1.5F, -0.0F, 3e38F};
    std::vector<std::byte> row(1 + values.size() * sizeof(float));
    std::memcpy(row.data() + 1, values.data(), values.size() * sizeof(float));
    std::vector<float> actual(values.size());

    unpackRow(WeightFormat::F32, row.data() + 1, actual.data(), values.size());

    EXPECT_EQ(actual, values);
}

}  // namespace
}  // namespace crystallite
