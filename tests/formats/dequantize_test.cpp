#include "engine/formats/dequantize.h"
#include "tests/support/quantized_blocks.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <string>
#include <vector>

namespace crystallite {
namespace {

std::vector<WeightFormat> quantizedFormats() {
    std::vector<WeightFormat> formats;
    for (const WeightFormat format : kWeightFormats) {
        if (isQuantized(format)) {
            formats.push_back(format);
        }
    }
    return formats;
}

/// Compares to the bit, after putting the row at an odd place of memory; what lies behind the result must not change.
void expectNearestFloats(const StoredMatrix& row, size_t misalignment) {
    std::vector<std::byte> memory(misalignment);
    memory.insert(memory.end(), row.bytes.begin(), row.bytes.end());
    std::vector<float> actual(row.columns + 1, -1.0F);

    dequantizeRow(row.format, memory.data() + misalignment, actual.data(), row.columns);

    const FloatMatrix expected = nearestWeights(row);
    for (uint32_t i = 0; i < row.columns; ++i) {
        ASSERT_EQ(std::bit_cast<uint32_t>(actual[i]), std::bit_cast<uint32_t>(expected.values[i]))
            << "weight " << i << ": " << actual[i] << ", not " << expected.values[i];
    }
    EXPECT_EQ(actual.back(), -1.0F) << "wrote past the row";
}

class Dequantize : public testing::TestWithParam<WeightFormat> {};

INSTANTIATE_TEST_SUITE_P(, Dequantize, testing::ValuesIn(quantizedFormats()),
                         [](const auto& test) { return std::string(layoutOf(test.param).name); });

TEST_P(Dequantize, GivesTheNearestFloatOfEveryWeightWhateverTheScales) {
    const uint32_t block = layoutOf(GetParam()).elementsPerBlock;
    for (const uint32_t misalignment : {0U, 1U, 2U, 5U}) {
        expectNearestFloats(randomBlocks(GetParam(), 1, 600 * block, 1 + misalignment, BlockScales::AnyFinite), misalignment);
    }
}

TEST_P(Dequantize, ReachesTheEndsOfEveryRange) {
    const WeightLayout layout = layoutOf(GetParam());
    for (const std::byte fill : {std::byte{0x00}, std::byte{0xff}, std::byte{0x0f}, std::byte{0xf0}, std::byte{0x80}}) {
        StoredMatrix row = randomBlocks(GetParam(), 1, layout.elementsPerBlock, 7);
        // A scale of 0x3838, 0.527, or an exponent of 0x38 lies at either end of every block; everything else is the fill.
        for (size_t i = 0; i < row.bytes.size(); ++i) {
            const bool mayBeScale = i < 4 || i + 4 >= row.bytes.size();
            row.bytes[i] = mayBeScale ? std::byte{0x38} : fill;
        }
        expectNearestFloats(row, 0);
    }
}

}  // namespace
}  // namespace crystallite
