#include "tests/support/operation_test.h"

#include <cmath>

namespace crystallite {
namespace {

struct GuideCase {
    uint32_t rows = 0;
    uint32_t columns = 0;
    float scale = 0.0F;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(columns) + "_scale" + std::to_string(std::lround(scale * 10)) + "tenths_" +
               nameOf(placement);
    }
};

std::vector<GuideCase> guideCases() {
    std::vector<GuideCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rows = 1, .columns = 7, .scale = 1.5F, .placement = placement});
        cases.push_back({.rows = 17, .columns = 33, .scale = 0.1F, .placement = placement});
        cases.push_back({.rows = 65, .columns = 1030, .scale = 9.0F, .placement = placement});
    }
    return cases;
}

/// out = without + (scale + 1)(with - without)
Expected guideTwin(const FloatMatrix& with, const FloatMatrix& without, float scale) {
    Expected expected(with.rows, with.columns);
    const double factor = double{scale} + 1;
    for (size_t i = 0; i < with.values.size(); ++i) {
        const double plain = without.values[i];
        const double product = factor * (with.values[i] - plain);
        expected.value.values[i] = plain + product;
        // The factor, the difference and the product round once each, the sum once.
        expected.tolerance.values[i] = kRounding * (3.01 * std::abs(product) + std::abs(plain + product)) + kSmallestNormal;
    }
    return expected;
}

class Guide : public OperationTest<GuideCase> {
protected:
    FloatMatrix with_ = randomMatrix(parameters().rows, parameters().columns, 1, 20.0F);
    FloatMatrix without_ = randomMatrix(parameters().rows, parameters().columns, 2, 20.0F);
};

TEST_P(Guide, EqualsItsTwin) {
    const GuideArgs args{.with = device().place(with_, parameters().placement),
                         .without = device().place(without_, parameters().placement),
                         .scale = parameters().scale,
                         .out = device().placeEmpty(with_.rows, with_.columns, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.guide(args); });

    EXPECT_TRUE(near(device().read(args.out), guideTwin(with_, without_, parameters().scale)));
}

TEST_P(Guide, MayReplaceWhatItGuides) {
    const Tensor with = device().place(with_, parameters().placement);
    const Tensor without = device().place(without_, Placement::Dense);

    runPass(backend(), [&](Pass& pass) { pass.guide({.with = with, .without = without, .scale = parameters().scale, .out = with}); });

    EXPECT_TRUE(near(device().read(with), guideTwin(with_, without_, parameters().scale)));
    EXPECT_TRUE(near(device().read(without), Expected(without_))) << "the other input must stay";
}

INSTANTIATE_OPERATION_TEST(Guide, GuideCase, guideCases());

}  // namespace
}  // namespace crystallite
