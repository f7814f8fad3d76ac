#include "engine/base/rng.h"
#include "tests/support/operation_test.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

struct CandidatesCase {
    uint32_t rows = 0;
    uint32_t vocabulary = 0;
    uint32_t count = 0;
    uint32_t forbidden = 0;
    float temperature = 0.0F;
    float spread = 4.0F;  ///< size of the logits
    Placement placement = Placement::Dense;

    /// The noise vanishes when it is added to a logit, so that the draw must break ties.
    [[nodiscard]] bool isFaint() const { return temperature > 0.0F && temperature < 1e-9F; }

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(vocabulary) + "_k" + std::to_string(count) + "_forbidden" +
               std::to_string(forbidden) + "_temperature" +
               (isFaint() ? "Faint" : std::to_string(std::lround(temperature * 10)) + "tenths") + (spread > 4.0F ? "_Sharp" : "") + "_" +
               nameOf(placement);
    }
};

std::vector<CandidatesCase> candidatesCases() {
    std::vector<CandidatesCase> cases;
    for (const float temperature : {0.0F, 0.7F, 10.0F}) {
        for (const Placement placement : {Placement::Dense, Placement::Strided}) {
            const auto add = [&](uint32_t rows, uint32_t vocabulary, uint32_t count, uint32_t forbidden, float spread = 4.0F) {
                cases.push_back({rows, vocabulary, count, forbidden, temperature, spread, placement});
            };
            add(1, 2, 1, 1);
            add(1, 7, 7, 0);
            add(3, 67, 1, 2);  // the margin needs the second, which is not reported
            add(1, 67, 64, 3);
            add(17, 259, 8, 2);
            add(33, 1030, 64, 5);
            add(5, 33001, 8, 1);
            add(9, 515, 8, 1, 60.0F);
        }
    }
    cases.push_back({.rows = 3, .vocabulary = 67, .count = 8, .forbidden = 2, .temperature = 1e-12F});
    cases.push_back({.rows = 17, .vocabulary = 259, .count = 8, .forbidden = 2, .temperature = 1e-12F});
    return cases;
}

constexpr uint64_t kSeed = 0x123456789abcdefULL;
constexpr uint32_t kStep = 7;

/// One row as candidateRowWords() lays it out.
struct CandidateRow {
    std::vector<uint32_t> ids;
    std::vector<float> probabilities;
    float logSumExp = 0;
    float entropy = 0;
    float margin = 0;
    uint32_t sampledId = 0;
    float sampledProbability = 0;
};

CandidateRow decodeRow(std::span<const uint32_t> words, uint32_t count) {
    CandidateRow row;
    row.ids.assign(words.begin(), words.begin() + count);
    for (const uint32_t word : words.subspan(count, count)) {
        row.probabilities.push_back(std::bit_cast<float>(word));
    }
    const std::span<const uint32_t> rest = words.subspan(size_t{2} * count);
    row.logSumExp = std::bit_cast<float>(rest[0]);
    row.entropy = std::bit_cast<float>(rest[1]);
    row.margin = std::bit_cast<float>(rest[2]);
    row.sampledId = rest[3];
    row.sampledProbability = std::bit_cast<float>(rest[4]);
    return row;
}

/// The row of one position in double precision, and what rounding may do to it.
struct CandidateTwin {
    std::vector<uint32_t> order;      ///< allowed ids, most probable first, ties by id
    std::vector<double> probability;  ///< by id; 0 where forbidden
    std::vector<double> noisyLogit;   ///< by id; what the draw maximises
    std::vector<double> noiseError;   ///< by id: how far an f32 noisy logit may be off
    double logSumExp = 0;
    double entropy = 0;
    double relativeError = 0;  ///< of any probability
    double logSumExpError = 0;
    double entropyError = 0;
};

void addDistribution(CandidateTwin& twin, std::span<const float> logits) {
    const double largest = logits[twin.order.front()];
    const double range = largest - logits[twin.order.back()];
    double sum = 0;
    for (const uint32_t id : twin.order) {
        sum += std::exp(logits[id] - largest);
    }
    twin.logSumExp = largest + std::log(sum);
    double distance = 0;  // mean of |logit - largest|
    for (const uint32_t id : twin.order) {
        const double p = std::exp(logits[id] - twin.logSumExp);
        twin.probability[id] = p;
        twin.entropy += p * (twin.logSumExp - logits[id]);
        distance += p * (largest - logits[id]);
    }
    // The sum rounds once per id; Vulkan grants exp(x) 3 + 2|x| units of two roundings, its argument one rounding more, and log three
    // units, or 2^-21 near 1.
    const double sumError = (static_cast<double>(twin.order.size()) + 2 * (3 + 2 * range) + range) * kRounding;
    const double logError = 0x1p-21 + 6 * kRounding * std::log(sum);
    twin.logSumExpError = sumError + logError + 2 * kRounding * std::abs(twin.logSumExp);
    // A probability is either exp(l - largest) / sum, or exp(l - logSumExp), whose rounded argument is larger.
    twin.relativeError = 2 * sumError + logError + 4 * kRounding * (std::abs(twin.logSumExp) + range + 1);
    // entropy = ln(sum) + mean distance, or minus the sum of p ln p: each term is off by its weight's and its logarithm's error.
    twin.entropyError = twin.relativeError * (distance + twin.entropy + 1) + twin.logSumExpError;
}

void addNoise(CandidateTwin& twin, std::span<const float> logits, float temperature, uint32_t position) {
    for (const uint32_t id : twin.order) {
        const uint32_t bits = randomWords(kSeed, kStep, position, DrawPurpose::Gumbel, id / 4)[id % 4];
        const double logNoise = std::log(-std::log1p(-uniformFrom(bits)));
        twin.noisyLogit[id] = logits[id] - double{temperature} * logNoise;
        // The exponential is good to eight roundings, or 2^-21 where it comes from a device's log near 1; ln adds three units or 2^-21.
        twin.noiseError[id] = temperature * (2 * 0x1p-21 + 8 * kRounding * (1 + std::abs(logNoise))) +
                              2 * kRounding * (std::abs(double{logits[id]}) + temperature * std::abs(logNoise));
    }
}

CandidateTwin candidateTwin(std::span<const float> logits, const std::vector<uint32_t>& forbidden, float temperature, uint32_t position) {
    CandidateTwin twin;
    for (uint32_t id = 0; id < logits.size(); ++id) {
        if (!std::binary_search(forbidden.begin(), forbidden.end(), id)) {
            twin.order.push_back(id);
        }
    }
    std::stable_sort(twin.order.begin(), twin.order.end(), [&](uint32_t a, uint32_t b) { return logits[a] > logits[b]; });
    twin.probability.resize(logits.size());
    twin.noisyLogit.resize(logits.size());
    twin.noiseError.resize(logits.size());
    addDistribution(twin, logits);
    addNoise(twin, logits, temperature, position);
    return twin;
}

void expectDistribution(const CandidateRow& row, const CandidateTwin& twin) {
    const size_t count = row.ids.size();
    EXPECT_EQ(row.ids, std::vector<uint32_t>(twin.order.begin(), twin.order.begin() + static_cast<std::ptrdiff_t>(count)));
    for (size_t i = 0; i < count; ++i) {
        const double expected = twin.probability[twin.order[i]];
        EXPECT_NEAR(row.probabilities[i], expected, twin.relativeError * expected + kSmallestNormal) << "candidate " << i;
    }
    EXPECT_NEAR(row.logSumExp, twin.logSumExp, twin.logSumExpError);
    EXPECT_NEAR(row.entropy, twin.entropy, twin.entropyError);
    const double first = twin.probability[twin.order[0]];
    const double second = twin.order.size() > 1 ? twin.probability[twin.order[1]] : 0.0;
    EXPECT_NEAR(row.margin, first - second, twin.relativeError * (first + second));
}

/// True when rounding cannot have changed which id is drawn, so that the drawn id itself was compared.
bool expectDraw(const CandidateRow& row, const CandidateTwin& twin) {
    uint32_t best = twin.order.front();
    for (const uint32_t id : twin.order) {
        best = twin.noisyLogit[id] > twin.noisyLogit[best] ? id : best;
    }
    const auto isClose = [&](uint32_t id) {
        return twin.noisyLogit[best] - twin.noisyLogit[id] <= twin.noiseError[best] + twin.noiseError[id];
    };
    const bool isDecided = std::count_if(twin.order.begin(), twin.order.end(), isClose) == 1;
    EXPECT_TRUE(std::find(twin.order.begin(), twin.order.end(), row.sampledId) != twin.order.end()) << "drew " << row.sampledId;
    if (row.sampledId < twin.probability.size()) {
        EXPECT_TRUE(isClose(row.sampledId)) << "drew " << row.sampledId << ", expected " << best;
        const double expected = twin.probability[row.sampledId];
        EXPECT_NEAR(row.sampledProbability, expected, twin.relativeError * expected + kSmallestNormal);
    }
    return isDecided;
}

class Candidates : public OperationTest<CandidatesCase> {
protected:
    /// The words before the rows, the rows, and the words after them.
    std::vector<CandidateRow> run(const FloatMatrix& logits, const std::vector<uint32_t>& forbidden,
                                  const std::vector<uint32_t>& positions) {
        const CandidatesCase& c = parameters();
        constexpr size_t kWordsAround = 3;
        const size_t rowWords = candidateRowWords(c.count);
        const size_t words = c.rows * rowWords;
        Buffer& out = device().readback((words + 2 * kWordsAround) * sizeof(uint32_t));
        const CandidatesArgs args{.logits = device().place(logits, c.placement),
                                  .forbidden = device().placeIndices(forbidden),
                                  .positions = device().placeIndices(positions),
                                  .count = c.count,
                                  .noise = {.temperature = c.temperature, .seed = kSeed, .step = kStep},
                                  .out = &out,
                                  .outOffsetBytes = kWordsAround * sizeof(uint32_t)};

        runPass(backend(), [&](Pass& pass) { pass.candidates(args); });

        EXPECT_EQ(wordsOf(out, 0, kWordsAround), std::vector<uint32_t>(kWordsAround)) << "words before the rows were written";
        EXPECT_EQ(wordsOf(out, (words + kWordsAround) * sizeof(uint32_t), kWordsAround), std::vector<uint32_t>(kWordsAround))
            << "words after the rows were written";
        const std::vector<uint32_t> encoded = wordsOf(out, kWordsAround * sizeof(uint32_t), words);
        std::vector<CandidateRow> rows;
        for (uint32_t i = 0; i < c.rows; ++i) {
            rows.push_back(decodeRow(std::span(encoded).subspan(i * rowWords, rowWords), c.count));
        }
        return rows;
    }

    std::vector<uint32_t> positions_ = randomIndices(parameters().rows, 4096, 3);
};

TEST_P(Candidates, EqualTheirTwin) {
    const CandidatesCase& c = parameters();
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 1, c.spread);
    const std::vector<uint32_t> forbidden = makeLikely(logits, parameters().forbidden);

    const std::vector<CandidateRow> rows = run(logits, forbidden, positions_);

    uint32_t decided = 0;
    for (uint32_t i = 0; i < c.rows; ++i) {
        SCOPED_TRACE("row " + std::to_string(i));
        const CandidateTwin twin = candidateTwin({&logits.at(i, 0), c.vocabulary}, forbidden, c.temperature, positions_[i]);
        expectDistribution(rows[i], twin);
        decided += expectDraw(rows[i], twin) ? 1 : 0;
        if (c.temperature == 0.0F) {
            EXPECT_EQ(rows[i].sampledId, rows[i].ids.front());
        }
    }
    EXPECT_GE(decided * 4, c.rows * 3) << "too few draws are decided beyond rounding for this test to mean much";
}

TEST_P(Candidates, BreakTiesByTheLowerId) {
    const CandidatesCase& c = parameters();
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 2, 1.0F);
    for (float& logit : logits.values) {
        logit = std::round(logit * 2);  // five values over the whole vocabulary
    }
    const std::vector<uint32_t> forbidden = makeLikely(logits, parameters().forbidden);

    const std::vector<CandidateRow> rows = run(logits, forbidden, positions_);

    for (uint32_t i = 0; i < c.rows; ++i) {
        SCOPED_TRACE("row " + std::to_string(i));
        const CandidateTwin twin = candidateTwin({&logits.at(i, 0), c.vocabulary}, forbidden, c.temperature, positions_[i]);
        expectDistribution(rows[i], twin);
        if (c.temperature == 0.0F || c.isFaint()) {
            EXPECT_EQ(rows[i].sampledId, twin.order.front());
        }
    }
}

// As if they were forbidden: their weight of 0 times their distance must not become NaN.
TEST_P(Candidates, GiveNothingToLogitsOfMinusInfinity) {
    const CandidatesCase& c = parameters();
    FloatMatrix logits = randomMatrix(c.rows, c.vocabulary, 4, c.spread);
    const std::vector<uint32_t> forbidden = makeLikely(logits, parameters().forbidden);
    std::vector<uint32_t> impossible = forbidden;
    for (uint32_t id = 1; id < c.vocabulary && c.vocabulary - impossible.size() > c.count; id += 5) {
        if (std::binary_search(forbidden.begin(), forbidden.end(), id)) {
            continue;
        }
        impossible.push_back(id);
        for (uint32_t row = 0; row < c.rows; ++row) {
            logits.at(row, id) = -HUGE_VALF;
        }
    }
    std::sort(impossible.begin(), impossible.end());

    const std::vector<CandidateRow> rows = run(logits, forbidden, positions_);

    for (uint32_t i = 0; i < c.rows; ++i) {
        SCOPED_TRACE("row " + std::to_string(i));
        const CandidateTwin twin = candidateTwin({&logits.at(i, 0), c.vocabulary}, impossible, c.temperature, positions_[i]);
        expectDistribution(rows[i], twin);
        expectDraw(rows[i], twin);
    }
}

INSTANTIATE_OPERATION_TEST(Candidates, CandidatesCase, candidatesCases());

struct RareNoise {
    [[nodiscard]] static std::string name() { return "RareNoise"; }
};

/// What random draws hardly ever decide.
class CandidatesDraw : public OperationTest<RareNoise> {
protected:
    static constexpr uint32_t kVocabulary = 33001;

    static uint32_t bitsOf(uint32_t id) { return randomWords(kSeed, kStep, 0, DrawPurpose::Gumbel, id / 4)[id % 4]; }

    /// -ln(E) of an id at temperature 1.
    static double noiseOf(uint32_t id) { return -std::log(-std::log1p(-uniformFrom(bitsOf(id)))); }

    uint32_t draw(const FloatMatrix& logits) {
        Buffer& out = device().readback(candidateRowWords(1) * sizeof(uint32_t));
        const CandidatesArgs args{.logits = device().place(logits, Placement::Dense),
                                  .forbidden = {},
                                  .positions = device().placeIndices({0}),
                                  .count = 1,
                                  .noise = {.temperature = 1.0F, .seed = kSeed, .step = kStep},
                                  .out = &out};
        runPass(backend(), [&](Pass& pass) { pass.candidates(args); });
        return decodeRow(wordsOf(out, 0, candidateRowWords(1)), 1).sampledId;
    }
};

// Below u = 2^-12 the exponential comes from a series on the device. Its second term is u / 2; a third of that decides here, while the
// rounding of logits and noise near 8 is less than a tenth of that.
TEST_P(CandidatesDraw, IsDecidedByTheSecondTermOfSmallNoise) {
    uint32_t rare = 0;
    for (uint32_t id = 1; id < kVocabulary; ++id) {
        const bool isSmall = bitsOf(id) < (1U << 20);
        rare = isSmall && (bitsOf(rare) >= (1U << 20) || bitsOf(id) > bitsOf(rare)) ? id : rare;
    }
    const double u = uniformFrom(bitsOf(rare));
    ASSERT_LT(u, 0x1p-12);
    ASSERT_GT(u, 0x1p-13);
    const uint32_t usual = rare + 1;

    for (const double ahead : {u / 6, -u / 6}) {
        FloatMatrix logits(1, kVocabulary, -40.0F);
        logits.at(0, rare) = 0.0F;
        logits.at(0, usual) = static_cast<float>(noiseOf(rare) + ahead - noiseOf(usual));

        EXPECT_EQ(draw(logits), ahead > 0 ? usual : rare);
    }
}

INSTANTIATE_OPERATION_TEST(CandidatesDraw, RareNoise, std::vector<RareNoise>(1));

}  // namespace
}  // namespace crystallite
