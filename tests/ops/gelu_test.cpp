#include "tests/support/operation_test.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

struct GeluCase {
    uint32_t rows = 0;
    uint32_t features = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const { return std::to_string(rows) + "x" + std::to_string(features) + "_" + nameOf(placement); }
};

std::vector<GeluCase> geluCases() {
    std::vector<GeluCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rows = 1, .features = 7, .placement = placement});
        cases.push_back({.rows = 17, .features = 33, .placement = placement});
        cases.push_back({.rows = 150, .features = 1030, .placement = placement});
    }
    return cases;
}

/// out = x / 2 * (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), with (1 + tanh(z / 2)) / 2 written as 1 / (1 + e^-z): for x = -6 the sum
/// 1 + tanh loses all but five digits even here.
Expected geluTwin(const FloatMatrix& x) {
    const double twice = 2 * std::sqrt(2 / std::acos(-1.0));
    Expected expected(x.rows, x.columns);
    for (size_t i = 0; i < x.values.size(); ++i) {
        const double v = x.values[i];
        const double z = twice * (v + 0.044715 * v * v * v);
        const double value = v / (1 + std::exp(-z));
        expected.value.values[i] = value;
        // The constants and four operations on z cost six roundings of it, which the exponential turns into as many relative ones times
        // |z|. Vulkan grants exp an error of 3 + 2|z| units in the last place (two roundings each), division 2.5. An exponential below
        // the smallest normal number may be 0.
        expected.tolerance.values[i] =
            (6 * std::abs(z) + 2 * (3 + 2 * std::abs(z)) + 10) * kRounding * std::abs(value) + (1 + std::abs(v)) * kSmallestNormal;
    }
    return expected;
}

class Gelu : public OperationTest<GeluCase> {
protected:
    /// Most values where the curve bends, and the extremes where a power or the exponential overflows or vanishes.
    static FloatMatrix inputs(uint32_t rows, uint32_t columns) {
        FloatMatrix x = randomMatrix(rows, columns, 1, 6.0F);
        const std::vector<float> extremes = {0.0F, -0.0F, 20.0F, -20.0F, 1e6F, -1e6F, 1e15F};
        std::copy_n(extremes.begin(), std::min(extremes.size(), x.values.size()), x.values.begin());
        return x;
    }

    FloatMatrix x_ = inputs(parameters().rows, parameters().features);
};

TEST_P(Gelu, EqualsItsTwin) {
    const GeluArgs args{.x = device().place(x_, parameters().placement),
                        .out = device().placeEmpty(x_.rows, x_.columns, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.gelu(args); });

    EXPECT_TRUE(near(device().read(args.out), geluTwin(x_)));
    EXPECT_TRUE(near(device().read(args.x), Expected(x_))) << "the input must stay";
}

TEST_P(Gelu, WorksInPlace) {
    const Tensor x = device().place(x_, parameters().placement);

    runPass(backend(), [&](Pass& pass) { pass.gelu({.x = x, .out = x}); });

    EXPECT_TRUE(near(device().read(x), geluTwin(x_)));
}

INSTANTIATE_OPERATION_TEST(Gelu, GeluCase, geluCases());

}  // namespace
}  // namespace crystallite
