#include "tests/support/operation_test.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

struct SiluGateCase {
    uint32_t rows = 0;
    uint32_t features = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const { return std::to_string(rows) + "x" + std::to_string(features) + "_" + nameOf(placement); }
};

std::vector<SiluGateCase> siluGateCases() {
    std::vector<SiluGateCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        cases.push_back({.rows = 1, .features = 7, .placement = placement});
        cases.push_back({.rows = 17, .features = 33, .placement = placement});
        cases.push_back({.rows = 150, .features = 1030, .placement = placement});
    }
    return cases;
}

/// out = gate * sigmoid(gate) * up
Expected siluGateTwin(const FloatMatrix& gate, const FloatMatrix& up) {
    Expected expected(gate.rows, gate.columns);
    for (size_t i = 0; i < gate.values.size(); ++i) {
        const double g = gate.values[i];
        const double value = g / (1 + std::exp(-g)) * up.values[i];
        expected.value.values[i] = value;
        // Vulkan grants exp an error of 3 + 2|g| units in the last place (two roundings each), division 2.5; then come two products.
        expected.tolerance.values[i] = (2 * (3 + 2 * std::abs(g)) + 10) * kRounding * std::abs(value) + kSmallestNormal;
    }
    return expected;
}

class SiluGate : public OperationTest<SiluGateCase> {
protected:
    /// Most values where sigmoid bends, and the extremes where exp overflows or vanishes.
    static FloatMatrix gates(uint32_t rows, uint32_t columns) {
        FloatMatrix gate = randomMatrix(rows, columns, 1, 6.0F);
        const std::vector<float> extremes = {0.0F, -0.0F, 20.0F, -20.0F, 100.0F, -100.0F, 1e6F};
        std::copy_n(extremes.begin(), std::min(extremes.size(), gate.values.size()), gate.values.begin());
        return gate;
    }

    FloatMatrix gate_ = gates(parameters().rows, parameters().features);
    FloatMatrix up_ = randomMatrix(parameters().rows, parameters().features, 2, 3.0F);
};

TEST_P(SiluGate, EqualsItsTwin) {
    const SiluGateArgs args{.gate = device().place(gate_, parameters().placement),
                            .up = device().place(up_, parameters().placement),
                            .out = device().placeEmpty(gate_.rows, gate_.columns, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.siluGate(args); });

    EXPECT_TRUE(near(device().read(args.out), siluGateTwin(gate_, up_)));
}

TEST_P(SiluGate, MayReplaceTheGate) {
    const Tensor gate = device().place(gate_, parameters().placement);
    const Tensor up = device().place(up_, Placement::Dense);

    runPass(backend(), [&](Pass& pass) { pass.siluGate({.gate = gate, .up = up, .out = gate}); });

    EXPECT_TRUE(near(device().read(gate), siluGateTwin(gate_, up_)));
    EXPECT_TRUE(near(device().read(up), Expected(up_))) << "the other input must stay";
}

INSTANTIATE_OPERATION_TEST(SiluGate, SiluGateCase, siluGateCases());

}  // namespace
}  // namespace crystallite
