#include "tests/support/operation_test.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

struct TruncateCase {
    uint32_t rows = 0;
    uint32_t vocabulary = 0;
    uint32_t forbidden = 0;
    float temperature = 0.0F;
    float topP = 1.0F;
    uint32_t topK = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(vocabulary) + "_forbidden" + std::to_string(forbidden) + "_temperature" +
               std::to_string(std::lround(temperature * 10)) + "tenths_p" + std::to_string(std::lround(topP * 1000)) + "_k" +
               std::to_string(topK) + "_" + nameOf(placement);
    }
};

std::vector<TruncateCase> truncateCases() {
    std::vector<TruncateCase> cases;
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        for (const float temperature : {0.0F, 0.2F, 1.5F}) {
            cases.push_back({1, 7, 0, temperature, 0.5F, 0, placement});
            cases.push_back({1, 2, 1, temperature, 0.9F, 1, placement});
            cases.push_back({17, 259, 2, temperature, 0.9F, 0, placement});
            cases.push_back({33, 1030, 5, temperature, 0.95F, 40, placement});
            cases.push_back({5, 1030, 3, temperature, 1.0F, 3, placement});
            cases.push_back({3, 33001, 1, temperature, 0.999F, 0, placement});
        }
        cases.push_back({17, 67, 2, 0.7F, 1.0F, 0, placement});
        cases.push_back({3, 67, 0, 0.0F, 1.0F, 1000, placement});
        cases.push_back({3, 67, 0, 0.0F, 1e-6F, 0, placement});
    }
    return cases;
}

/// What is left of one row in double precision.
struct TruncateTwin {
    std::vector<double> logits;
    std::vector<uint32_t> falling;  ///< allowed ids, most probable first
    std::vector<double> before;     ///< by rank: probability of the ids that come before
};

TruncateTwin truncateTwin(std::span<const float> logits, const std::vector<uint32_t>& forbidden, float temperature) {
    TruncateTwin twin;
    for (const float logit : logits) {
        twin.logits.push_back(temperature > 0.0F ? double{logit} / double{temperature} : double{logit});
    }
    for (uint32_t id = 0; id < logits.size(); ++id) {
        if (!std::binary_search(forbidden.begin(), forbidden.end(), id)) {
            twin.falling.push_back(id);
        }
    }
    std::stable_sort(twin.falling.begin(), twin.falling.end(), [&](uint32_t a, uint32_t b) { return logits[a] > logits[b]; });
    const double largest = twin.logits[twin.falling.front()];
    double sum = 0.0;
    for (const uint32_t id : twin.falling) {
        twin.before.push_back(sum);
        sum += std::exp(twin.logits[id] - largest);
    }
    for (double& mass : twin.before) {
        mass /= sum;
    }
    return twin;
}

class Truncate : public OperationTest<TruncateCase> {
protected:
    FloatMatrix run(const FloatMatrix& logits, const std::vector<uint32_t>& forbidden) {
        const TruncateCase& c = parameters();
        const Tensor placed = device().place(logits, c.placement);
        const TruncateArgs args{
            .logits = placed, .forbidden = device().placeIndices(forbidden), .temperature = c.temperature, .topP = c.topP, .topK = c.topK};

        runPass(backend(), [&](Pass& pass) { pass.truncate(args); });

        return device().read(placed);
    }

    /// How far a cumulated probability may be off: the sums round once per id, and Vulkan grants exp(x) 3 + 2|x| units of two roundings.
    /// The weight of an id so far below that its 2|x| matters is e^-|x|, and x e^-x is below 1.
    [[nodiscard]] double massError() const { return (2.0 * parameters().vocabulary + 2 * (3 + 2) + 4) * kRounding; }
};

TEST_P(Truncate, KeepsTheNucleusAndNothingElse) {
    const TruncateCase& c = parameters();
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 1, 5.0F);
    const std::vector<uint32_t> forbidden = makeLikely(logits, parameters().forbidden);

    const FloatMatrix left = run(logits, forbidden);

    for (uint32_t row = 0; row < c.rows; ++row) {
        SCOPED_TRACE("row " + std::to_string(row));
        const TruncateTwin twin = truncateTwin({&logits.at(row, 0), c.vocabulary}, forbidden, c.temperature);
        for (const uint32_t id : forbidden) {
            EXPECT_EQ(left.at(row, id), kCutLogit) << "forbidden id " << id;
        }
        for (size_t rank = 0; rank < twin.falling.size(); ++rank) {
            const uint32_t id = twin.falling[rank];
            const bool isWithinK = c.topK == 0 || rank < c.topK;
            const bool isKept = left.at(row, id) != kCutLogit;
            if (isKept) {
                // One division.
                EXPECT_NEAR(left.at(row, id), twin.logits[id], 3 * kRounding * std::abs(twin.logits[id]));
            }
            // Where rounding may decide, either is right.
            if (c.topP < 1.0F && std::abs(twin.before[rank] - c.topP) <= massError()) {
                continue;
            }
            EXPECT_EQ(isKept, isWithinK && (c.topP >= 1.0F || twin.before[rank] <= c.topP)) << "id " << id << " of rank " << rank;
        }
    }
}

TEST_P(Truncate, KeepsWhatIsAsProbableAsTheLast) {
    const TruncateCase& c = parameters();
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 2, 1.0F);
    for (float& logit : logits.values) {
        logit = std::round(logit * 2);  // five values over the whole vocabulary
    }
    const std::vector<uint32_t> forbidden = makeLikely(logits, parameters().forbidden);

    const FloatMatrix left = run(logits, forbidden);

    for (uint32_t row = 0; row < c.rows; ++row) {
        float least = HUGE_VALF;
        float largestCut = -HUGE_VALF;
        for (uint32_t id = 0; id < c.vocabulary; ++id) {
            if (std::binary_search(forbidden.begin(), forbidden.end(), id)) {
                continue;
            }
            const bool isKept = left.at(row, id) != kCutLogit;
            least = isKept ? std::min(least, logits.at(row, id)) : least;
            largestCut = isKept ? largestCut : std::max(largestCut, logits.at(row, id));
        }
        EXPECT_LT(largestCut, least) << "row " << row;
    }
}

INSTANTIATE_OPERATION_TEST(Truncate, TruncateCase, truncateCases());

}  // namespace
}  // namespace crystallite
