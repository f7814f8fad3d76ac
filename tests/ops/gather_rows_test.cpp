#include "tests/support/operation_test.h"

namespace crystallite {
namespace {

struct GatherRowsCase {
    uint32_t rowsBefore = 0;
    uint32_t rowsAfter = 0;
    uint32_t width = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rowsAfter) + "of" + std::to_string(rowsBefore) + "x" + std::to_string(width) + "_" + nameOf(placement);
    }
};

std::vector<GatherRowsCase> gatherRowsCases() {
    std::vector<GatherRowsCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rowsBefore = 3, .rowsAfter = 1, .width = 5, .placement = placement});
        cases.push_back({.rowsBefore = 33, .rowsAfter = 17, .width = 96, .placement = placement});
        cases.push_back({.rowsBefore = 150, .rowsAfter = 290, .width = 1030, .placement = placement});
    }
    return cases;
}

class GatherRows : public OperationTest<GatherRowsCase> {};

TEST_P(GatherRows, CopiesRowsInTheOrderOfTheList) {
    const GatherRowsCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rowsBefore, c.width, 1);
    std::vector<uint32_t> rows = randomIndices(c.rowsAfter, c.rowsBefore, 2);
    rows.front() = c.rowsBefore - 1;
    FloatMatrix expected(c.rowsAfter, c.width);
    for (uint32_t i = 0; i < c.rowsAfter; ++i) {
        for (uint32_t column = 0; column < c.width; ++column) {
            expected.at(i, column) = x.at(rows[i], column);
        }
    }
    const GatherRowsArgs args{.x = device().place(x, c.placement),
                              .rows = device().placeIndices(rows),
                              .out = device().placeEmpty(c.rowsAfter, c.width, c.placement)};

    runPass(backend(), [&](Pass& pass) { pass.gatherRows(args); });

    EXPECT_TRUE(near(device().read(args.out), Expected(expected)));
}

INSTANTIATE_OPERATION_TEST(GatherRows, GatherRowsCase, gatherRowsCases());

}  // namespace
}  // namespace crystallite
