#include "tests/ops/attention_cases.h"

#include <cmath>

namespace crystallite {
namespace {

/// out[i, h] = sum_j softmax_j(scale * q[i, h] . k[j, h / (heads / kvHeads)]) v[j, ...] over the visible keys j
Expected attentionTwin(const AttentionOperands& operands, const AttentionCase& c) {
    Expected expected(c.queries, c.heads * c.headDim);
    for (uint32_t row = 0; row < c.queries; ++row) {
        for (uint32_t head = 0; head < c.heads; ++head) {
            const Scores scores = scoresOf(operands, c, row, head);
            const uint32_t valueColumn = head / (c.heads / c.kvHeads) * c.headDim;
            const double relative = scores.relativeError + (static_cast<double>(scores.keys.size()) + 1) * kRounding;
            for (uint32_t d = 0; d < c.headDim; ++d) {
                double sum = 0;
                double magnitude = 0;
                for (size_t j = 0; j < scores.keys.size(); ++j) {
                    const double term = scores.weights[j] * operands.values.at(scores.keys[j], valueColumn + d);
                    sum += term;
                    magnitude += std::abs(term);
                }
                expected.value.at(row, head * c.headDim + d) = sum;
                expected.tolerance.at(row, head * c.headDim + d) = relative * magnitude + kSmallestNormal;
            }
        }
    }
    return expected;
}

class Attention : public OperationTest<AttentionCase> {};

TEST_P(Attention, EqualsItsTwin) {
    const AttentionOperands operands = attentionOperands(parameters());
    const AttentionArgs args = attentionArgs(device(), operands, parameters());

    runPass(backend(), [&](Pass& pass) { pass.attention(args); });

    EXPECT_TRUE(near(device().read(args.out), attentionTwin(operands, parameters())));
}

INSTANTIATE_OPERATION_TEST(Attention, AttentionCase, attentionCases());

}  // namespace
}  // namespace crystallite
