#include "engine/backend/operation_cost.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

Tensor shape(uint32_t rows, uint32_t columns, WeightFormat format = WeightFormat::F32) {
    return {.format = format, .rows = rows, .columns = columns, .rowStride = columns};
}

TEST(OperationCost, OfAMatmulIsTwoPerProductAndEveryOperandOnce) {
    const MatmulArgs plain{.x = shape(3, 5), .weights = shape(7, 5, WeightFormat::F16), .bias = {}, .out = shape(3, 7)};
    MatmulArgs full = plain;
    full.bias = shape(1, 7);
    full.result = MatmulResult::AddToOut;

    EXPECT_EQ(costOf(plain).flops, 2 * 3 * 5 * 7);
    EXPECT_EQ(costOf(plain).bytes, 3 * 5 * 4 + 7 * 5 * 2 + 3 * 7 * 4);
    EXPECT_EQ(costOf(full).flops, 2 * 3 * 5 * 7 + 2 * 3 * 7);
    EXPECT_EQ(costOf(full).bytes, 3 * 5 * 4 + 7 * 5 * 2 + 7 * 4 + 2 * 3 * 7 * 4);
}

TEST(OperationCost, OfAnEmbeddingCountsAnAdditionPerElementWhenItAdds) {
    EmbedArgs args{.table = shape(100, 6, WeightFormat::F16), .tokens = {.count = 4}, .out = shape(4, 6)};

    EXPECT_EQ(costOf(args).flops, 0);
    EXPECT_EQ(costOf(args).bytes, 4 * 6 * 2 + 4 * 4 + 4 * 6 * 4);
    args.result = EmbedResult::AddToOut;
    EXPECT_EQ(costOf(args).flops, 4 * 6);
    EXPECT_EQ(costOf(args).bytes, 4 * 6 * 2 + 4 * 4 + 2 * 4 * 6 * 4);
}

TEST(OperationCost, OfAttentionCountsVisibleKeysOnly) {
    AttentionArgs args{.queries = shape(4, 6), .keys = shape(10, 3), .values = shape(10, 3), .out = shape(4, 6), .headDim = 3};
    args.firstQuery = 2;
    const double flopsPerScore = 4 * 3 + 5;

    EXPECT_EQ(costOf(args).flops, 2 * 4 * 10 * flopsPerScore);
    args.visibility = Visibility::Causal;
    EXPECT_EQ(costOf(args).flops, 2 * (3 + 4 + 5 + 6) * flopsPerScore);
    args.visibility = Visibility::BlockCausal;
    args.blockLength = 4;
    EXPECT_EQ(costOf(args).flops, 2 * (4 + 4 + 8 + 8) * flopsPerScore);
}

TEST(OperationCost, OfAttentionWeightsIsThatOfTheScores) {
    AttentionWeightsArgs args{.attention = {.queries = shape(4, 6), .keys = shape(10, 3), .headDim = 3}, .out = shape(8, 10)};
    args.attention.firstQuery = 2;
    args.attention.visibility = Visibility::Causal;

    EXPECT_EQ(costOf(args).flops, 2 * (3 + 4 + 5 + 6) * (2 * 3 + 5));
    EXPECT_EQ(costOf(args).bytes, (4 * 6 + 10 * 3 + 8 * 10) * 4);
}

TEST(VisibleKeys, EndWithTheTensor) {
    AttentionArgs args{.queries = shape(2, 6), .keys = shape(5, 6), .values = shape(5, 6), .out = shape(2, 6), .headDim = 3};
    args.firstQuery = 3;
    args.visibility = Visibility::BlockCausal;
    args.blockLength = 4;

    EXPECT_EQ(visibleKeys(args, 0), 4U);
    EXPECT_EQ(visibleKeys(args, 1), 5U);
}

TEST(OperationCost, OfAnEmbeddingIsTheRowsReadNotTheTable) {
    const EmbedArgs args{.table = shape(1000, 8, WeightFormat::BF16), .tokens = {.count = 3}, .out = shape(3, 8)};

    EXPECT_EQ(costOf(args).bytes, 3 * 8 * 2 + 3 * 4 + 3 * 8 * 4);
    EXPECT_EQ(costOf(args).flops, 0);
}

TEST(OperationCost, OfGpt2sNormAndActivationReadsEveryOperandOnce) {
    const LayerNormArgs norm{.x = shape(3, 8), .weight = shape(1, 8), .bias = shape(1, 8), .out = shape(3, 8)};
    const GeluArgs gelu{.x = shape(3, 8), .out = shape(3, 8)};

    EXPECT_EQ(costOf(norm).bytes, 4 * (2 * 3 * 8 + 2 * 8));
    EXPECT_EQ(costOf(norm).flops, 7 * 3 * 8 + 5 * 3);
    EXPECT_EQ(costOf(gelu).bytes, 4 * 2 * 3 * 8);
    EXPECT_EQ(costOf(gelu).flops, 8 * 3 * 8);
}

TEST(OperationCost, OfExpertsCountsTheWeightsOfThoseWhoCanBeAsked) {
    ExpertMatmulArgs args{.x = shape(2, 5), .weights = shape(8 * 7, 5, WeightFormat::F16), .perExpert = 7, .out = shape(6, 7)};
    args.groups.pairs.count = 6;

    EXPECT_EQ(costOf(args).flops, 2 * 6 * 7 * 5);
    EXPECT_EQ(costOf(args).bytes, 2 * 5 * 4 + 6 * 7 * 4 + 6 * 4 + 6 * 7 * 5 * 2) << "six pairs ask six of eight experts at most";
    args.weights.rows = 3 * 7;
    EXPECT_EQ(costOf(args).bytes, 2 * 5 * 4 + 6 * 7 * 4 + 6 * 4 + 3 * 7 * 5 * 2);
}

TEST(OperationCost, OfRoutingAndCombiningIsEveryOperandOnce) {
    const RouteArgs route{.scores = shape(4, 8), .bias = {}, .rule = {}, .experts = {.count = 12}, .weights = shape(4, 3)};
    const GroupByExpertArgs group{.experts = {.count = 12}, .groups = {.pairs = {.count = 12}, .begins = {.count = 9}}};
    const CombineExpertsArgs combine{.x = shape(12, 10), .weights = shape(4, 3), .out = shape(4, 10)};

    EXPECT_EQ(costOf(route).flops, 4 * 8 * (4 + 3));
    EXPECT_EQ(costOf(route).bytes, 4 * (4 * 8 + 12 + 12));
    EXPECT_EQ(costOf(group).bytes, 4 * (12 + 12 + 9));
    EXPECT_EQ(costOf(combine).flops, 2 * 12 * 10);
    EXPECT_EQ(costOf(combine).bytes, 4 * (12 * 10 + 12 + 2 * 4 * 10));
}

}  // namespace
}  // namespace crystallite
