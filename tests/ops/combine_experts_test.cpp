#include "tests/support/operation_test.h"

#include <algorithm>
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

/// A mixture in which every row asks every expert is the sum of all of them, whatever the order of their scores.
TEST_P(CombineExperts, OfAllExpertsIsTheDenseSum) {
    const CombineCase& c = parameters();
    const uint32_t depth = 24;
    const uint32_t width = std::min(c.width, 64U);  // all answers must fit one binding
    const FloatMatrix x = randomMatrix(c.rows, depth, 1);
    const FloatMatrix scores = randomMatrix(c.rows, c.used, 2);
    const FloatMatrix matrices = randomMatrix(c.used * width, depth, 3);
    const uint32_t pairs = c.rows * c.used;
    Buffer& indices = device().readback((2 * pairs + c.used + 1) * sizeof(uint32_t));
    const IndexView experts{.buffer = &indices, .count = pairs};
    const ExpertGroups groups{.pairs = {.buffer = &indices, .offsetBytes = pairs * sizeof(uint32_t), .count = pairs},
                              .begins = {.buffer = &indices, .offsetBytes = 2 * pairs * sizeof(uint32_t), .count = c.used + 1},
                              .used = c.used};
    const Tensor answers = device().placeEmpty(pairs, width, Placement::Dense);
    const Tensor weights = device().placeEmpty(c.rows, c.used, Placement::Dense);
    const Tensor placedScores = device().place(scores, Placement::Dense);
    const Tensor placedX = device().place(x, Placement::Dense);
    const Tensor stacked = device().placeWeights(store(matrices, WeightFormat::F32));
    const Tensor out = device().place(FloatMatrix(c.rows, width), c.placement);

    runPass(backend(), [&](Pass& pass) {
        pass.route({.scores = placedScores, .bias = {}, .rule = {.renormalise = false}, .experts = experts, .weights = weights});
        pass.groupByExpert({.experts = experts, .groups = groups});
        pass.expertMatmul({.x = placedX, .weights = stacked, .perExpert = width, .groups = groups, .out = answers});
        pass.combineExperts({.x = answers, .weights = weights, .out = out});
    });

    Expected expected(c.rows, width);
    for (uint32_t row = 0; row < c.rows; ++row) {
        double powers = 0.0;
        for (uint32_t expert = 0; expert < c.used; ++expert) {
            powers += std::exp(double{scores.at(row, expert)});
        }
        for (uint32_t column = 0; column < width; ++column) {
            double sum = 0.0;
            double magnitude = 0.0;
            for (uint32_t expert = 0; expert < c.used; ++expert) {
                for (uint32_t d = 0; d < depth; ++d) {
                    const double product =
                        std::exp(double{scores.at(row, expert)}) / powers * x.at(row, d) * matrices.at(expert * width + column, d);
                    sum += product;
                    magnitude += std::abs(product);
                }
            }
            expected.value.at(row, column) = sum;
            // The roundings of the products, of a weight (two exponentials of arguments up to 2, sum and division), and of the last sum.
            expected.tolerance.at(row, column) = (depth + 2 * (3 + 2 * 2) + 2 * c.used + 8) * kRounding * magnitude + kSmallestNormal;
        }
    }
    EXPECT_TRUE(near(device().read(out), expected));
}

INSTANTIATE_OPERATION_TEST(CombineExperts, CombineCase,
                           (std::vector<CombineCase>{{.rows = 1, .used = 1, .width = 1},
                                                     {.rows = 3, .used = 2, .width = 70, .placement = Placement::Strided},
                                                     {.rows = 33, .used = 8, .width = 65},
                                                     {.rows = 90, .used = 8, .width = 300, .placement = Placement::Strided}}));

}  // namespace
}  // namespace crystallite
