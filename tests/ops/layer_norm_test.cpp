#include "tests/support/operation_test.h"

#include <cmath>

namespace crystallite {
namespace {

struct LayerNormCase {
    uint32_t rows = 0;
    uint32_t width = 0;
    Placement placement = Placement::Dense;
    float scale = 1.0F;   ///< size of the inputs; small ones make epsilon count
    float offset = 0.0F;  ///< added to all of them: a mean that is large beside the differences

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(width) + "_" + nameOf(placement) + (scale < 1.0F ? "_Tiny" : "") +
               (offset > 0.0F ? "_OffCentre" : "");
    }
};

std::vector<LayerNormCase> layerNormCases() {
    std::vector<LayerNormCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rows = 1, .width = 7, .placement = placement});
        cases.push_back({.rows = 17, .width = 33, .placement = placement});
        cases.push_back({.rows = 150, .width = 96, .placement = placement});
        cases.push_back({.rows = 90, .width = 1030, .placement = placement});  // more than a small binding shows
    }
    cases.push_back({.rows = 5, .width = 96, .placement = Placement::Dense, .scale = 1e-3F});
    cases.push_back({.rows = 5, .width = 96, .placement = Placement::Dense, .offset = 1000.0F});
    return cases;
}

constexpr float kEpsilon = 1e-5F;

/// Of every row:  (x - mean) / sqrt(mean((x - mean)^2) + epsilon) * weight + bias
Expected layerNormTwin(const FloatMatrix& x, const FloatMatrix& weight, const FloatMatrix& bias) {
    Expected expected(x.rows, x.columns);
    const double width = x.columns;
    for (uint32_t row = 0; row < x.rows; ++row) {
        double sum = 0;
        double sizes = 0;
        for (uint32_t i = 0; i < x.columns; ++i) {
            sum += double{x.at(row, i)};
            sizes += std::abs(double{x.at(row, i)});
        }
        const double mean = sum / width;
        double squares = 0;
        for (uint32_t i = 0; i < x.columns; ++i) {
            squares += (x.at(row, i) - mean) * (x.at(row, i) - mean);
        }
        const double inverse = 1 / std::sqrt(squares / width + double{kEpsilon});
        // A sum of `width` terms is off by at most that many roundings of the sum of their sizes. That error of the mean shifts all
        // differences alike, and each is rounded once; what the shift adds to the variance is its square.
        const double shift = (width + 2) * kRounding * sizes / width;
        const double relative = (width / 2 + 10) * kRounding + shift * shift * inverse * inverse;
        for (uint32_t i = 0; i < x.columns; ++i) {
            const double scaled = (x.at(row, i) - mean) * inverse * weight.at(0, i);
            const double value = scaled + double{bias.at(0, i)};
            expected.value.at(row, i) = value;
            expected.tolerance.at(row, i) = relative * std::abs(scaled) + shift * inverse * std::abs(double{weight.at(0, i)}) +
                                            kRounding * std::abs(value) + kSmallestNormal;
        }
    }
    return expected;
}

class LayerNorm : public OperationTest<LayerNormCase> {
protected:
    void SetUp() override {
        for (float& value : x_.values) {
            value += parameters().offset;
        }
    }

    FloatMatrix x_ = randomMatrix(parameters().rows, parameters().width, 1, parameters().scale);
    FloatMatrix weight_ = randomMatrix(1, parameters().width, 2);
    FloatMatrix bias_ = randomMatrix(1, parameters().width, 3);
};

TEST_P(LayerNorm, EqualsItsTwin) {
    const LayerNormArgs args{.x = device().place(x_, parameters().placement),
                             .weight = device().placeVector(weight_),
                             .bias = device().placeVector(bias_),
                             .epsilon = kEpsilon,
                             .out = device().placeEmpty(x_.rows, x_.columns, parameters().placement)};

    runPass(backend(), [&](Pass& pass) { pass.layerNorm(args); });

    EXPECT_TRUE(near(device().read(args.out), layerNormTwin(x_, weight_, bias_)));
    EXPECT_TRUE(near(device().read(args.x), Expected(x_))) << "the input must stay";
}

TEST_P(LayerNorm, WorksInPlace) {
    const Tensor x = device().place(x_, parameters().placement);
    const Tensor weight = device().place(weight_, Placement::Strided);  // views: not at the start of what is bound
    const Tensor bias = device().place(bias_, Placement::Strided);

    runPass(backend(), [&](Pass& pass) { pass.layerNorm({.x = x, .weight = weight, .bias = bias, .epsilon = kEpsilon, .out = x}); });

    EXPECT_TRUE(near(device().read(x), layerNormTwin(x_, weight_, bias_)));
}

INSTANTIATE_OPERATION_TEST(LayerNorm, LayerNormCase, layerNormCases());

}  // namespace
}  // namespace crystallite
