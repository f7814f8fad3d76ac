#include "tests/support/operation_test.h"

#include <cmath>

namespace crystallite {
namespace {

struct RmsNormCase {
    uint32_t rows = 0;
    uint32_t groups = 0;
    uint32_t groupLength = 0;
    Placement placement = Placement::Dense;
    float scale = 1.0F;  ///< size of the inputs; small ones make epsilon count

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(groups) + "x" + std::to_string(groupLength) + "_" + nameOf(placement) +
               (scale < 1.0F ? "_Tiny" : "");
    }
};

std::vector<RmsNormCase> rmsNormCases() {
    std::vector<RmsNormCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rows = 1, .groups = 1, .groupLength = 7, .placement = placement});
        cases.push_back({.rows = 17, .groups = 1, .groupLength = 96, .placement = placement});
        cases.push_back({.rows = 17, .groups = 3, .groupLength = 33, .placement = placement});
        cases.push_back({.rows = 150, .groups = 6, .groupLength = 64, .placement = placement});
        cases.push_back({.rows = 90, .groups = 1, .groupLength = 1030, .placement = placement});  // more than a small binding shows
    }
    cases.push_back({.rows = 5, .groups = 1, .groupLength = 96, .placement = Placement::Dense, .scale = 1e-3F});
    return cases;
}

constexpr float kEpsilon = 1e-5F;

/// Of every group g of a row:  x[g] / sqrt(mean(x[g]^2) + epsilon) * weight
Expected rmsNormTwin(const FloatMatrix& x, const FloatMatrix& weight) {
    Expected expected(x.rows, x.columns);
    const uint32_t length = weight.columns;
    // The sum of squares is off by at most `length` roundings, halved by the root; the root, the reciprocal and the products by a few.
    const double relative = (length / 2.0 + 8) * kRounding;
    for (uint32_t row = 0; row < x.rows; ++row) {
        for (uint32_t begin = 0; begin < x.columns; begin += length) {
            double squares = 0;
            for (uint32_t i = 0; i < length; ++i) {
                squares += double{x.at(row, begin + i)} * x.at(row, begin + i);
            }
            const double inverse = 1 / std::sqrt(squares / length + double{kEpsilon});
            for (uint32_t i = 0; i < length; ++i) {
                const double value = x.at(row, begin + i) * inverse * weight.at(0, i);
                expected.value.at(row, begin + i) = value;
                expected.tolerance.at(row, begin + i) = relative * std::abs(value) + kSmallestNormal;
            }
        }
    }
    return expected;
}

class RmsNorm : public OperationTest<RmsNormCase> {
protected:
    FloatMatrix x_ = randomMatrix(parameters().rows, parameters().groups* parameters().groupLength, 1, parameters().scale);
    FloatMatrix weight_ = randomMatrix(1, parameters().groupLength, 2);
};

TEST_P(RmsNorm, EqualsItsTwin) {
    const RmsNormArgs args{.x = device().place(x_, parameters().placement),
                           .weight = device().placeVector(weight_),
                           .epsilon = kEpsilon,
                           .out = device().placeEmpty(x_.rows, x_.columns, parameters().placement)};

    runPass(backend(), [&](Pass& pass) { pass.rmsNorm(args); });

    EXPECT_TRUE(near(device().read(args.out), rmsNormTwin(x_, weight_)));
    EXPECT_TRUE(near(device().read(args.x), Expected(x_))) << "the input must stay";
}

TEST_P(RmsNorm, WorksInPlace) {
    const Tensor x = device().place(x_, parameters().placement);
    const Tensor weight = device().place(weight_, Placement::Strided);  // a view: not at the start of what is bound

    runPass(backend(), [&](Pass& pass) { pass.rmsNorm({.x = x, .weight = weight, .epsilon = kEpsilon, .out = x}); });

    EXPECT_TRUE(near(device().read(x), rmsNormTwin(x_, weight_)));
}

INSTANTIATE_OPERATION_TEST(RmsNorm, RmsNormCase, rmsNormCases());

}  // namespace
}  // namespace crystallite
