#include "tests/support/operation_test.h"
#include "tests/support/quantized_blocks.h"

#include <cmath>

namespace crystallite {
namespace {

struct EmbedCase {
    WeightFormat format = WeightFormat::F32;
    uint32_t vocabulary = 0;
    uint32_t width = 0;
    uint32_t tokens = 0;

    [[nodiscard]] std::string name() const {
        return std::string(layoutOf(format).name) + "_" + std::to_string(tokens) + "of" + std::to_string(vocabulary) + "x" +
               std::to_string(width);
    }
};

std::vector<EmbedCase> embedCases() {
    std::vector<EmbedCase> cases;
    for (const WeightFormat format : kWeightFormats) {
        if (isQuantized(format)) {
            const uint32_t block = layoutOf(format).elementsPerBlock;
            cases.push_back({.format = format, .vocabulary = 5, .width = block, .tokens = 1});
            cases.push_back({.format = format, .vocabulary = 33, .width = 3 * block, .tokens = 17});
            continue;
        }
        cases.push_back({.format = format, .vocabulary = 5, .width = 7, .tokens = 1});
        cases.push_back({.format = format, .vocabulary = 33, .width = 96, .tokens = 17});
        cases.push_back({.format = format, .vocabulary = 301, .width = 1030, .tokens = 150});
    }
    return cases;
}

StoredMatrix storedTable(const EmbedCase& c) {
    return isQuantized(c.format) ? randomBlocks(c.format, c.vocabulary, c.width, 1)
                                 : store(randomMatrix(c.vocabulary, c.width, 1), c.format);
}

class Embed : public OperationTest<EmbedCase> {};

TEST_P(Embed, CopiesTheRowOfEveryToken) {
    const EmbedCase& c = parameters();
    const StoredMatrix table = storedTable(c);
    std::vector<uint32_t> tokens = randomIndices(c.tokens, c.vocabulary, 2);
    tokens.front() = c.vocabulary - 1;
    const FloatMatrix values = unpack(table);
    FloatMatrix expected(c.tokens, c.width);
    for (uint32_t i = 0; i < c.tokens; ++i) {
        for (uint32_t column = 0; column < c.width; ++column) {
            expected.at(i, column) = values.at(tokens[i], column);
        }
    }
    const EmbedArgs args{.table = device().placeWeights(table),
                         .tokens = device().placeIndices(tokens),
                         .out = device().placeEmpty(c.tokens, c.width, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.embed(args); });

    EXPECT_TRUE(near(device().read(args.out), Expected(expected)));
}

/// One addition rounds once.
TEST_P(Embed, AddsTheRowOfEveryTokenToWhatStoodThere) {
    const EmbedCase& c = parameters();
    const StoredMatrix table = storedTable(c);
    const std::vector<uint32_t> tokens = randomIndices(c.tokens, c.vocabulary, 2);
    const FloatMatrix before = randomMatrix(c.tokens, c.width, 3);
    const FloatMatrix values = unpack(table);
    Expected expected(c.tokens, c.width);
    for (uint32_t i = 0; i < c.tokens; ++i) {
        for (uint32_t column = 0; column < c.width; ++column) {
            const double sum = static_cast<double>(before.at(i, column)) + static_cast<double>(values.at(tokens[i], column));
            expected.value.at(i, column) = sum;
            expected.tolerance.at(i, column) = kRounding * std::abs(sum) + kSmallestNormal;
        }
    }
    const EmbedArgs args{.table = device().placeWeights(table),
                         .tokens = device().placeIndices(tokens),
                         .out = device().place(before, Placement::Strided),
                         .result = EmbedResult::AddToOut};

    runPass(backend(), [&](Pass& pass) { pass.embed(args); });

    EXPECT_TRUE(near(device().read(args.out), expected));
}

INSTANTIATE_OPERATION_TEST(Embed, EmbedCase, embedCases());

}  // namespace
}  // namespace crystallite
