#include "tests/support/operation_test.h"

#include <cmath>

namespace crystallite {
namespace {

struct CombineCase {
    uint32_t rows = 0;
    uint32_t used = 0;
    uint32_t width = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(used) + "x" + std::to_string(width) + "_" + nameOf(placement);
    }
};

class CombineExperts : public OperationTest<CombineCase> {};

TEST_P(CombineExperts, AddsTheWeightedAnswers) {
    const CombineCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rows * c.used, c.width, 1);
    const FloatMatrix weights = randomMatrix(c.rows, c.used, 2);
    const FloatMatrix initial = randomMatrix(c.rows, c.width, 3);
    const CombineExpertsArgs args{
        .x = device().place(x, c.placement), .weights = device().place(weights, c.placement), .out = device().place(initial, c.placement)};

    runPass(backend(), [&](Pass& pass) { pass.combineExperts(args); });

    Expected expected(c.rows, c.width);
    for (uint32_t row = 0; row < c.rows; ++row) {
        for (uint32_t column = 0; column < c.width; ++column) {
            double sum = initial.at(row, column);
            double magnitude = std::abs(sum);
            for (uint32_t k = 0; k < c.used; ++k) {
                const double product = double{weights.at(row, k)} * x.at(row * c.used + k, column);
                sum += product;
                magnitude += std::abs(product);
            }
            expected.value.at(row, column) = sum;
            expected.tolerance.at(row, column) = (c.used + 1) * kRounding * magnitude;  // a rounding per product and addition
        }
    }
    EXPECT_TRUE(near(device().read(args.out), expected));
}

INSTANTIATE_OPERATION_TEST(CombineExperts, CombineCase,
                           (std::vector<CombineCase>{{.rows = 1, .used = 1, .width = 1},
                                                     {.rows = 3, .used = 2, .width = 70, .placement = Placement::Strided},
                                                     {.rows = 33, .used = 8, .width = 65},
                                                     {.rows = 90, .used = 8, .width = 300, .placement = Placement::Strided}}));

}  // namespace
}  // namespace crystallite
