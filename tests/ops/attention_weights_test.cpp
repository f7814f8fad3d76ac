#include "tests/ops/attention_cases.h"

#include <cmath>

namespace crystallite {
namespace {

/// out[i * heads + h, j] = softmax_j(scale * q[i, h] . k[j, h / (heads / kvHeads)]) over the visible keys j, 0 for the others
Expected weightsTwin(const AttentionOperands& operands, const AttentionCase& c) {
    Expected expected(c.queries * c.heads, c.keys);
    for (uint32_t row = 0; row < c.queries; ++row) {
        for (uint32_t head = 0; head < c.heads; ++head) {
            const Scores scores = scoresOf(operands, c, row, head);
            for (size_t j = 0; j < scores.keys.size(); ++j) {
                expected.value.at(row * c.heads + head, scores.keys[j]) = scores.weights[j];
                // One more rounding for the division. Keys that are not seen are 0 to the bit: their tolerance stays 0.
                expected.tolerance.at(row * c.heads + head, scores.keys[j]) =
                    (scores.relativeError + kRounding) * scores.weights[j] + kSmallestNormal;
            }
        }
    }
    return expected;
}

std::vector<AttentionCase> weightCases() {
    std::vector<AttentionCase> cases = attentionCases();
    // A long text, so that a lane walks many keys, which are not split; one query, as a measurement has it.
    cases.push_back({.queries = 1, .keys = 2500, .heads = 2, .kvHeads = 1, .headDim = 32, .firstQuery = 1200});
    return cases;
}

class AttentionWeights : public OperationTest<AttentionCase> {};

TEST_P(AttentionWeights, EqualTheirTwin) {
    const AttentionCase& c = parameters();
    const AttentionOperands operands = attentionOperands(c);
    AttentionWeightsArgs args{.attention = attentionArgs(device(), operands, c),
                              .out = device().placeEmpty(c.queries * c.heads, c.keys, otherThan(c.placement))};
    // They are said not to be looked at.
    args.attention.values = {};
    args.attention.out = {};

    runPass(backend(), [&](Pass& pass) { pass.attentionWeights(args); });

    EXPECT_TRUE(near(device().read(args.out), weightsTwin(operands, c)));
}

INSTANTIATE_OPERATION_TEST(AttentionWeights, AttentionCase, weightCases());

}  // namespace
}  // namespace crystallite
