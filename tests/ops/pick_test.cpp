#include "tests/support/operation_test.h"

#include <bit>

namespace crystallite {
namespace {

struct PickCase {
    uint32_t rows = 0;
    uint32_t vocabulary = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const { return std::to_string(rows) + "x" + std::to_string(vocabulary) + "_" + nameOf(placement); }
};

std::vector<PickCase> pickCases() {
    std::vector<PickCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({1, 7, placement});
        cases.push_back({17, 33, placement});
        cases.push_back({150, 1030, placement});
    }
    return cases;
}

class Pick : public OperationTest<PickCase> {};

TEST_P(Pick, CopiesOneLogitOfEveryRow) {
    const PickCase& c = parameters();
    const FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 1);
    const std::vector<uint32_t> ids = randomIndices(c.rows, c.vocabulary, 2);
    Buffer& out = device().readback((c.rows + 2) * sizeof(float));
    const PickArgs args{
        .logits = device().place(logits, c.placement), .ids = device().placeIndices(ids), .out = &out, .outOffsetBytes = sizeof(float)};

    runPass(backend(), [&](Pass& pass) { pass.pick(args); });

    const std::vector<uint32_t> words = wordsOf(out, 0, c.rows + 2);
    EXPECT_EQ(words.front(), 0U);
    EXPECT_EQ(words.back(), 0U);
    for (uint32_t row = 0; row < c.rows; ++row) {
        EXPECT_EQ(std::bit_cast<float>(words[row + 1]), logits.at(row, ids[row])) << "row " << row;
    }
}

INSTANTIATE_OPERATION_TEST(Pick, PickCase, pickCases());

}  // namespace
}  // namespace crystallite
