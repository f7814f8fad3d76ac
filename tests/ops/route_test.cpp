#include "tests/support/operation_test.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

struct RouteCase {
    uint32_t rows = 0;
    uint32_t experts = 0;
    uint32_t used = 0;
    RoutingRule rule;
    bool bias = false;
    float step = 0.0F;  ///< scores and biases are multiples of it: many are equal; 0: all differ
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::to_string(rows) + "x" + std::to_string(experts) + "_" + std::to_string(used) +
               (rule.score == RouterScore::Sigmoid ? "_Sigmoid" : "_Softmax") + (rule.renormalise ? "_Renormalised" : "") +
               (rule.groups > 1 ? "_" + std::to_string(rule.groupsUsed) + "of" + std::to_string(rule.groups) : "") + (bias ? "_Bias" : "") +
               (step > 0.0F ? "_Ties" : "") + "_" + nameOf(placement);
    }
};

std::vector<RouteCase> routeCases() {
    const RoutingRule keptSum{.renormalise = false};
    const RoutingRule grouped{.score = RouterScore::Sigmoid, .scale = 2.5F, .groups = 4, .groupsUsed = 2};
    const RoutingRule eight{.score = RouterScore::Sigmoid, .scale = 2.5F, .groups = 8, .groupsUsed = 4};
    const RoutingRule alone{.score = RouterScore::Sigmoid, .scale = 2.5F};
    return {{.rows = 1, .experts = 8, .used = 3},
            {.rows = 33, .experts = 64, .used = 8, .rule = keptSum, .placement = Placement::Strided},
            {.rows = 17, .experts = 128, .used = 8, .placement = Placement::Strided},
            {.rows = 5, .experts = 7, .used = 7, .rule = keptSum},
            {.rows = 9, .experts = 6, .used = 1},
            {.rows = 9, .experts = 6, .used = 1, .rule = keptSum},
            {.rows = 9, .experts = 1, .used = 1},
            {.rows = 9, .experts = 8, .used = 1, .rule = alone},
            {.rows = 21, .experts = 16, .used = 4, .rule = grouped, .bias = true, .placement = Placement::Strided},
            {.rows = 40, .experts = 256, .used = 8, .rule = eight, .bias = true},
            {.rows = 3, .experts = 1024, .used = 16, .rule = {.score = RouterScore::Sigmoid, .groups = 64, .groupsUsed = 5}, .bias = true},
            {.rows = 12, .experts = 12, .used = 4, .rule = {.groups = 12, .groupsUsed = 5}, .bias = true},
            {.rows = 12, .experts = 12, .used = 6, .rule = {.groups = 3, .groupsUsed = 2}},
            {.rows = 65, .experts = 40, .used = 5, .step = 0.5F},
            {.rows = 65, .experts = 48, .used = 6, .rule = {.score = RouterScore::Sigmoid}, .bias = true, .step = 0.5F},
            {.rows = 65, .experts = 48, .used = 6, .rule = eight, .step = 0.5F},
            {.rows = 4, .experts = 32, .used = 4, .rule = eight, .bias = true, .step = 100.0F}};  // all are equal
}

struct Routing {
    std::vector<uint32_t> experts;
    Expected weights;
};

/// Indices by falling value, the lowest first among equals.
std::vector<uint32_t> ranked(const std::vector<double>& values) {
    std::vector<uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return values[a] > values[b]; });
    return order;
}

std::vector<double> probabilities(const FloatMatrix& scores, uint32_t row, RouterScore kind) {
    std::vector<double> p(scores.columns);
    double sum = 0.0;
    for (uint32_t e = 0; e < scores.columns; ++e) {
        const double score = scores.at(row, e);
        p[e] = kind == RouterScore::Softmax ? std::exp(score) : 1.0 / (1.0 + std::exp(-score));
        sum += p[e];
    }
    for (double& each : p) {
        each /= kind == RouterScore::Softmax ? sum : 1.0;
    }
    return p;
}

/// Only the experts of the best groups keep their value.
void leaveBestGroups(const RoutingRule& rule, std::vector<double>& selection) {
    const size_t members = selection.size() / rule.groups;
    std::vector<double> scores;
    for (uint32_t group = 0; group < rule.groups; ++group) {
        std::vector<double> part(selection.begin() + static_cast<std::ptrdiff_t>(group * members),
                                 selection.begin() + static_cast<std::ptrdiff_t>((group + 1) * members));
        std::ranges::sort(part, std::greater<>());
        scores.push_back(part[0] + (members > 1 ? part[1] : 0.0));
    }
    std::vector<uint32_t> order = ranked(scores);
    for (size_t i = rule.groupsUsed; i < order.size(); ++i) {
        std::fill_n(selection.begin() + static_cast<std::ptrdiff_t>(order[i] * members), members, -HUGE_VAL);
    }
}

Routing routeTwin(const RouteCase& c, const FloatMatrix& scores, const FloatMatrix& bias) {
    Routing routing{.experts = {}, .weights = Expected(scores.rows, c.used)};
    for (uint32_t row = 0; row < scores.rows; ++row) {
        const std::vector<double> p = probabilities(scores, row, c.rule.score);
        std::vector<double> selection = p;
        for (uint32_t e = 0; e < c.experts; ++e) {
            selection[e] += c.bias ? double{bias.at(0, e)} : 0.0;
        }
        leaveBestGroups(c.rule, selection);
        const std::vector<uint32_t> order = ranked(selection);
        double sum = 0.0;
        for (uint32_t k = 0; k < c.used; ++k) {
            routing.experts.push_back(order[k]);
            sum += p[order[k]];
        }
        const bool divided = c.rule.renormalise && !(c.rule.score == RouterScore::Sigmoid && c.used == 1);
        for (uint32_t k = 0; k < c.used; ++k) {
            const double weight = p[order[k]] / (divided ? sum : 1.0) * double{c.rule.scale};
            routing.weights.value.at(row, k) = weight;
            // Each exponential is off by at most 16 of its last bits (an argument of up to 16 is off by half of its own, and Vulkan allows
            // 3 + 2 |x|), then up to `experts` additions, and the divisions and products.
            routing.weights.tolerance.at(row, k) = (2.0 * (3 + 2 * 16) + c.experts + 8) * kRounding * weight + kSmallestNormal;
        }
    }
    return routing;
}

/// Multiples of `step` between -3 and 3, or any numbers.
FloatMatrix spreadMatrix(uint32_t rows, uint32_t columns, uint32_t seed, float step) {
    FloatMatrix matrix = randomMatrix(rows, columns, seed, 3.0F);
    for (uint32_t row = 0; row < rows; ++row) {
        for (uint32_t column = 0; column < columns; ++column) {
            float& value = matrix.at(row, column);
            value = step > 0.0F ? std::round(value / step) * step : value;
        }
    }
    return matrix;
}

class Route : public OperationTest<RouteCase> {
protected:
    FloatMatrix scores_ = spreadMatrix(parameters().rows, parameters().experts, 1, parameters().step);
    FloatMatrix bias_ = spreadMatrix(1, parameters().experts, 2, parameters().step);

    IndexView chosen() {
        const uint32_t count = parameters().rows * parameters().used;
        return {.buffer = &device().readback((count + 1) * sizeof(uint32_t)), .offsetBytes = sizeof(uint32_t), .count = count};
    }
};

TEST_P(Route, ChoosesTheExpertsAndWeightsOfItsTwin) {
    const RouteCase& c = parameters();
    const IndexView experts = chosen();
    const RouteArgs args{.scores = device().place(scores_, c.placement),
                         .bias = c.bias ? std::optional(device().placeVector(bias_)) : std::nullopt,
                         .rule = c.rule,
                         .experts = experts,
                         .weights = device().placeEmpty(c.rows, c.used, c.placement)};

    runPass(backend(), [&](Pass& pass) { pass.route(args); });

    const Routing expected = routeTwin(c, scores_, bias_);
    EXPECT_EQ(wordsOf(const_cast<Buffer&>(*experts.buffer), experts.offsetBytes, experts.count), expected.experts);
    EXPECT_TRUE(near(device().read(args.weights), expected.weights));
    EXPECT_TRUE(near(device().read(args.scores), Expected(scores_))) << "the input must stay";
}

/// Adding a number to every bias changes nothing; the bias of one expert that beats every p brings it in, with its own weight.
TEST_P(Route, BiasSelectsAndDoesNothingElse) {
    const RouteCase& c = parameters();
    if (!c.bias || c.used == c.experts || c.rule.groups > 1) {
        return;
    }
    FloatMatrix bias(1, c.experts);
    bias.at(0, c.experts - 1) = 8.0F;
    const IndexView experts = chosen();
    const RouteArgs args{.scores = device().place(scores_, c.placement),
                         .bias = device().placeVector(bias),
                         .rule = c.rule,
                         .experts = experts,
                         .weights = device().placeEmpty(c.rows, c.used, c.placement)};

    runPass(backend(), [&](Pass& pass) { pass.route(args); });

    const std::vector<uint32_t> words = wordsOf(const_cast<Buffer&>(*experts.buffer), experts.offsetBytes, experts.count);
    for (uint32_t row = 0; row < c.rows; ++row) {
        ASSERT_EQ(words[size_t{row} * c.used], c.experts - 1);
    }
    EXPECT_TRUE(near(device().read(args.weights), routeTwin(c, scores_, bias).weights));
}

INSTANTIATE_OPERATION_TEST(Route, RouteCase, routeCases());

}  // namespace
}  // namespace crystallite
