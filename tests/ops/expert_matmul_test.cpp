#include "tests/support/operation_test.h"
#include "tests/support/quantized_blocks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <sys/mman.h>

namespace crystallite {
namespace {

struct ExpertMatmulCase {
    WeightFormat format = WeightFormat::F32;
    uint32_t experts = 0;
    uint32_t used = 0;
    uint32_t rows = 0;  ///< that were routed
    uint32_t features = 0;
    uint32_t depth = 0;

    [[nodiscard]] std::string name() const {
        return std::string(layoutOf(format).name) + "_" + std::to_string(rows) + "rows_" + std::to_string(used) + "of" +
               std::to_string(experts) + "_" + std::to_string(features) + "x" + std::to_string(depth);
    }
};

std::vector<ExpertMatmulCase> expertMatmulCases() {
    std::vector<ExpertMatmulCase> cases;
    for (const WeightFormat format : kWeightFormats) {
        const uint32_t block = isQuantized(format) ? layoutOf(format).elementsPerBlock : 19;
        cases.push_back({.format = format, .experts = 4, .used = 2, .rows = 1, .features = 5, .depth = block});
        cases.push_back({.format = format, .experts = 9, .used = 3, .rows = 21, .features = 37, .depth = 2 * block});
    }
    // One expert; all of them; rows enough for several tiles; more pairs of one expert than the CPU gathers at a time; weights that exceed
    // a small binding together, and one expert that does by itself.
    cases.push_back({.experts = 1, .used = 1, .rows = 3, .features = 5, .depth = 7});
    cases.push_back({.experts = 5, .used = 5, .rows = 7, .features = 11, .depth = 33});
    cases.push_back({.format = WeightFormat::F16, .experts = 3, .used = 2, .rows = 150, .features = 70, .depth = 24});
    cases.push_back({.format = WeightFormat::BF16, .experts = 2, .used = 1, .rows = 300, .features = 9, .depth = 13});
    cases.push_back({.experts = 12, .used = 2, .rows = 6, .features = 90, .depth = 130});
    cases.push_back({.experts = 2, .used = 1, .rows = 4, .features = 700, .depth = 130});
    return cases;
}

/// A random routing in which the last expert is never asked (if there is another), grouped.
struct Grouping {
    std::vector<uint32_t> experts;  ///< of each pair
    std::vector<uint32_t> pairs, begins;

    explicit Grouping(const ExpertMatmulCase& c) : pairs(c.rows * c.used), begins(c.experts + 1) {
        const uint32_t asked = c.used == c.experts ? c.experts : std::max(c.used, c.experts - 1);
        for (uint32_t row = 0; row < c.rows; ++row) {
            const uint32_t first = randomIndices(1, asked, row)[0];
            for (uint32_t k = 0; k < c.used; ++k) {
                experts.push_back((first + k) % asked);
            }
        }
        std::iota(pairs.begin(), pairs.end(), 0U);
        std::ranges::stable_sort(pairs, {}, [&](uint32_t pair) { return experts[pair]; });
        for (uint32_t expert = 0; expert <= c.experts; ++expert) {
            begins[expert] = static_cast<uint32_t>(std::ranges::count_if(experts, [&](uint32_t each) { return each < expert; }));
        }
    }
};

/// out[p, f] = sum_d x[p / share, d] * weights[expert of p, firstFeature + f, d]
Expected expertMatmulTwin(const ExpertMatmulCase& c, const Grouping& grouping, const FloatMatrix& x, const FloatMatrix& weights,
                          uint32_t perExpert, uint32_t firstFeature) {
    const auto pairs = static_cast<uint32_t>(grouping.experts.size());
    Expected expected(pairs, c.features);
    for (uint32_t pair = 0; pair < pairs; ++pair) {
        for (uint32_t feature = 0; feature < c.features; ++feature) {
            const uint32_t weightRow = grouping.experts[pair] * perExpert + firstFeature + feature;
            double sum = 0.0;
            double magnitude = 0.0;
            for (uint32_t d = 0; d < c.depth; ++d) {
                const double product = double{x.at(pair / (pairs / x.rows), d)} * weights.at(weightRow, d);
                sum += product;
                magnitude += std::abs(product);
            }
            expected.value.at(pair, feature) = sum;
            // Every product and every addition rounds once, in whatever order.
            expected.tolerance.at(pair, feature) = (c.depth + 1) * kRounding * magnitude;
        }
    }
    return expected;
}

class ExpertMatmul : public OperationTest<ExpertMatmulCase> {
protected:
    /// What the backend must make of them, which may round the factors first.
    Expected expected(const FloatMatrix& x, const StoredMatrix& weights, uint32_t perExpert, uint32_t firstFeature) {
        const FloatMatrix floats = unpack(weights);
        return backend().device().roundsFactors
                   ? expertMatmulTwin(parameters(), grouping_, roundedToBf16(x), roundedToBf16(floats), perExpert, firstFeature)
                   : expertMatmulTwin(parameters(), grouping_, x, floats, perExpert, firstFeature);
    }
    StoredMatrix weightsOf(uint32_t perExpert) {
        const ExpertMatmulCase& c = parameters();
        const uint32_t rows = c.experts * perExpert;
        return isQuantized(c.format) ? randomBlocks(c.format, rows, c.depth, 2) : store(randomMatrix(rows, c.depth, 2), c.format);
    }
    ExpertGroups groups() {
        return {
            .pairs = device().placeIndices(grouping_.pairs), .begins = device().placeIndices(grouping_.begins), .used = parameters().used};
    }

    Grouping grouping_ = Grouping(parameters());
};

TEST_P(ExpertMatmul, MultipliesTheRowsThatWereRouted) {
    const ExpertMatmulCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rows, c.depth, 1);
    const StoredMatrix weights = weightsOf(c.features);
    const ExpertMatmulArgs args{.x = device().place(x, Placement::Strided),
                                .weights = device().placeWeights(weights),
                                .perExpert = c.features,
                                .groups = groups(),
                                .out = device().placeEmpty(c.rows * c.used, c.features, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.expertMatmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(x, weights, c.features, 0)));
}

/// Each pair with a row of its own, and only the last features of each expert.
TEST_P(ExpertMatmul, MultipliesRowsOfPairsWithAPartOfEachExpert) {
    const ExpertMatmulCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rows * c.used, c.depth, 1);
    const StoredMatrix weights = weightsOf(c.features + 3);
    const ExpertMatmulArgs args{.x = device().place(x, Placement::Dense),
                                .weights = device().placeWeights(weights),
                                .perExpert = c.features + 3,
                                .firstFeature = 3,
                                .groups = groups(),
                                .out = device().placeEmpty(c.rows * c.used, c.features, Placement::Dense)};

    runPass(backend(), [&](Pass& pass) { pass.expertMatmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(x, weights, c.features + 3, 3)));
}

/// Experts that lie in places of their own give what they give side by side, to the bit.
TEST_P(ExpertMatmul, ReadsExpertsWhereTheyLie) {
    const ExpertMatmulCase& c = parameters();
    const Tensor x = device().place(randomMatrix(c.rows, c.depth, 1), Placement::Dense);
    const StoredMatrix weights = weightsOf(c.features);
    const uint64_t pieceBytes = weights.bytes.size() / c.experts;
    std::vector<std::vector<std::byte>> places;
    std::vector<const std::byte*> pieces;
    for (uint32_t expert = 0; expert < c.experts; ++expert) {
        // One byte before it, so that nothing is aligned.
        std::vector<std::byte>& place = places.emplace_back(1);
        const auto first = weights.bytes.begin() + static_cast<std::ptrdiff_t>(expert * pieceBytes);
        place.insert(place.end(), first, first + static_cast<std::ptrdiff_t>(pieceBytes));
    }
    std::ranges::transform(places, std::back_inserter(pieces), [](const std::vector<std::byte>& place) { return place.data() + 1; });
    const WeightSource source{
        .bytes = StoredBytes(pieces, pieceBytes), .format = weights.format, .rows = weights.rows, .columns = weights.columns};
    const auto store = backend().loadWeights({&source, 1}, {}, {});
    ASSERT_TRUE(store) << store.error().message;
    ExpertMatmulArgs args{.x = x,
                          .weights = device().placeWeights(weights),
                          .perExpert = c.features,
                          .groups = groups(),
                          .out = device().placeEmpty(c.rows * c.used, c.features, Placement::Dense)};
    runPass(backend(), [&](Pass& pass) { pass.expertMatmul(args); });
    const FloatMatrix expected = device().read(args.out);
    args.weights = (*store)->at(0);
    args.out = device().placeEmpty(c.rows * c.used, c.features, Placement::Dense);

    runPass(backend(), [&](Pass& pass) { pass.expertMatmul(args); });

    EXPECT_EQ(device().read(args.out).values, expected.values);
}

INSTANTIATE_OPERATION_TEST(ExpertMatmul, ExpertMatmulCase, expertMatmulCases());
INSTANTIATE_ROUNDED_OPERATION_TEST(ExpertMatmul, ExpertMatmulCase, expertMatmulCases());

/// The pages of an expert that nobody asks may not even be readable: a mapped file stays on the disk there.
TEST(ExpertMatmulOnTheCpu, NeverReadsAnExpertThatNobodyAsks) {
    Backend& backend = backendNamed("Cpu");
    DeviceMatrices device(backend);
    const ExpertMatmulCase c{.experts = 3, .used = 1, .rows = 6, .features = 8, .depth = 64};
    const Grouping grouping(c);
    const StoredMatrix weights = store(randomMatrix(c.experts * c.features, c.depth, 2), WeightFormat::F32);
    const uint64_t pieceBytes = weights.bytes.size() / c.experts;
    void* const closed = ::mmap(nullptr, pieceBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(closed, MAP_FAILED);
    ASSERT_TRUE(std::ranges::find(grouping.experts, 2U) == grouping.experts.end());
    const WeightSource source{
        .bytes = StoredBytes({weights.bytes.data(), weights.bytes.data() + pieceBytes, static_cast<const std::byte*>(closed)}, pieceBytes),
        .format = weights.format,
        .rows = weights.rows,
        .columns = weights.columns};
    const auto stored = backend.loadWeights({&source, 1}, {}, {});
    ASSERT_TRUE(stored) << stored.error().message;
    const FloatMatrix x = randomMatrix(c.rows, c.depth, 1);
    const ExpertMatmulArgs args{.x = device.place(x, Placement::Dense),
                                .weights = (*stored)->at(0),
                                .perExpert = c.features,
                                .groups = {.pairs = device.placeIndices(grouping.pairs), .begins = device.placeIndices(grouping.begins)},
                                .out = device.placeEmpty(c.rows, c.features, Placement::Dense)};

    runPass(backend, [&](Pass& pass) { pass.expertMatmul(args); });

    EXPECT_TRUE(near(device.read(args.out), expertMatmulTwin(c, grouping, x, unpack(weights), c.features, 0)));
    ::munmap(closed, pieceBytes);
}

}  // namespace
}  // namespace crystallite
