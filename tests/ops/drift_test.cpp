#include "tests/support/operation_test.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace crystallite {
namespace {

struct DriftCase {
    uint32_t rows = 0;
    uint32_t vocabulary = 0;
    uint32_t forbidden = 0;
    float change = 1.0F;  ///< size of what is added to the kept logits
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(vocabulary) + "_forbidden" + std::to_string(forbidden) + "_change" +
               std::to_string(std::lround(change * 1000)) + "thousandths_" + nameOf(placement);
    }
};

std::vector<DriftCase> driftCases() {
    std::vector<DriftCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        for (const float change : {0.001F, 1.0F, 30.0F}) {
            cases.push_back({1, 2, 1, change, placement});
            cases.push_back({1, 7, 0, change, placement});
            cases.push_back({17, 259, 2, change, placement});
            cases.push_back({33, 1030, 5, change, placement});
            cases.push_back({3, 33001, 1, change, placement});
        }
    }
    return cases;
}

struct DivergenceTwin {
    double value = 0.0;
    double tolerance = 0.0;
};

/// KL(softmax(a) || softmax(b)) over the ids that are not forbidden.
DivergenceTwin divergenceTwin(std::span<const float> a, std::span<const float> b, const std::vector<uint32_t>& forbidden) {
    std::vector<uint32_t> ids;
    for (uint32_t id = 0; id < a.size(); ++id) {
        if (!std::binary_search(forbidden.begin(), forbidden.end(), id)) {
            ids.push_back(id);
        }
    }
    const auto largest = [&](std::span<const float> row) {
        double best = -HUGE_VAL;
        for (const uint32_t id : ids) {
            best = std::max(best, double{row[id]});
        }
        return best;
    };
    const double largestA = largest(a);
    const double largestB = largest(b);
    double sumA = 0.0;
    double sumB = 0.0;
    double weighted = 0.0;
    double weightedSize = 0.0;   // of the terms, whatever their signs
    double exponentError = 0.0;  // weighted mean of the units that Vulkan grants an exponential
    for (const uint32_t id : ids) {
        const double d = a[id] - largestA;
        const double e = b[id] - largestB;
        sumA += std::exp(d);
        sumB += std::exp(e);
        weighted += std::exp(d) * (d - e);
        weightedSize += std::exp(d) * (std::abs(d) + std::abs(e));
        exponentError += std::exp(d) * (3 + 2 * std::abs(d)) * (1 + std::abs(d) + std::abs(e)) + std::exp(e) * (3 + 2 * std::abs(e));
    }
    DivergenceTwin twin{.value = weighted / sumA - std::log(sumA) + std::log(sumB)};
    // Distances round once, sums once per id; exponentials by their grant, of two roundings a unit; a logarithm is good to three units or
    // 2^-21 near 1.
    const double perSum = static_cast<double>(ids.size()) + 4;
    const double logs = std::abs(std::log(sumA)) + std::abs(std::log(sumB));
    const double distances = std::abs(largestA) + std::abs(largestB);
    twin.tolerance =
        kRounding * (perSum * (weightedSize / sumA + 2) + 2 * exponentError / std::min(sumA, sumB) + 6 * logs + 4 * distances) +
        2 * 0x1p-21;
    return twin;
}

class Drift : public OperationTest<DriftCase> {};

TEST_P(Drift, EqualsItsTwinAndKeepsTheNewRows) {
    const DriftCase& c = parameters();
    FloatMatrix kept = randomMatrix(c.rows, c.vocabulary, 1, 6.0F);
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 2, c.change);
    for (size_t i = 0; i < kept.values.size(); ++i) {
        logits.values[i] += kept.values[i];
    }
    std::vector<uint32_t> forbidden;
    for (uint32_t i = 0; i < c.forbidden; ++i) {
        forbidden.push_back(c.forbidden == 1 ? c.vocabulary - 1 : i * (c.vocabulary - 1) / (c.forbidden - 1));
        for (uint32_t row = 0; row < c.rows; ++row) {
            logits.at(row, forbidden.back()) = 100.0F;
        }
    }
    const Tensor placedKept = device().place(kept, c.placement);
    constexpr uint32_t kWordsAround = 3;
    Buffer& out = device().readback((c.rows + 2 * kWordsAround) * sizeof(float));
    const DriftArgs args{.logits = device().place(logits, c.placement),
                         .kept = placedKept,
                         .forbidden = device().placeIndices(forbidden),
                         .out = &out,
                         .outOffsetBytes = kWordsAround * sizeof(float)};

    runPass(backend(), [&](Pass& pass) { pass.drift(args); });

    const std::vector<uint32_t> words = wordsOf(out, 0, c.rows + 2 * kWordsAround);
    for (uint32_t i = 0; i < c.rows; ++i) {
        const DivergenceTwin twin = divergenceTwin({&logits.at(i, 0), c.vocabulary}, {&kept.at(i, 0), c.vocabulary}, forbidden);
        EXPECT_NEAR(std::bit_cast<float>(words[kWordsAround + i]), twin.value, twin.tolerance) << "row " << i;
    }
    EXPECT_TRUE(near(device().read(placedKept), Expected(logits)));
    for (uint32_t word = 0; word < kWordsAround; ++word) {
        EXPECT_EQ(words[word], 0U);
        EXPECT_EQ(words[kWordsAround + c.rows + word], 0U);
    }
}

INSTANTIATE_OPERATION_TEST(Drift, DriftCase, driftCases());

}  // namespace
}  // namespace crystallite
