#include "engine/backend/operation_cost.h"

#include "engine/base/assert.h"

#include <algorithm>

namespace crystallite {
namespace {

double elementsOf(const Tensor& tensor) {
    return static_cast<double>(tensor.rows) * tensor.columns;
}

double bytesOf(const Tensor& tensor) {
    return static_cast<double>(tensor.rows) * static_cast<double>(rowBytes(tensor.format, tensor.columns));
}

double bytesOf(const IndexView& indices) {
    return static_cast<double>(indices.count) * sizeof(uint32_t);
}

/// Pairs of a query and a key that it sees.
double visiblePairs(const AttentionArgs& args) {
    double visible = 0;
    for (uint32_t query = 0; query < args.queries.rows; ++query) {
        visible += visibleKeys(args, query) - (hiddenKey(args, query) < args.keys.rows ? 1U : 0U);
    }
    return visible;
}

}  // namespace

OperationCost costOf(const EmbedArgs& args) {
    const double rowsRead = static_cast<double>(args.tokens.count) * static_cast<double>(rowBytes(args.table.format, args.table.columns));
    const bool adds = args.result == EmbedResult::AddToOut;
    return {.operation = "embed",
            .flops = adds ? elementsOf(args.out) : 0,
            .bytes = rowsRead + bytesOf(args.tokens) + bytesOf(args.out) * (adds ? 2 : 1)};
}

OperationCost costOf(const GatherRowsArgs& args) {
    return {.operation = "gather_rows", .flops = 0, .bytes = 2 * bytesOf(args.out) + bytesOf(args.rows)};
}

OperationCost costOf(const RmsNormArgs& args) {
    // Square and add, then two products; the root of each group.
    const double groups = elementsOf(args.x) / args.weight.columns;
    return {.operation = "rms_norm",
            .flops = 4 * elementsOf(args.x) + 4 * groups,
            .bytes = bytesOf(args.x) + bytesOf(args.weight) + bytesOf(args.out)};
}

OperationCost costOf(const LayerNormArgs& args) {
    // The sum; difference, square and its sum; product, weight and bias. The root of each row and a division for the mean.
    return {.operation = "layer_norm",
            .flops = 7 * elementsOf(args.x) + 5.0 * args.x.rows,
            .bytes = bytesOf(args.x) + bytesOf(args.weight) + bytesOf(args.bias) + bytesOf(args.out)};
}

OperationCost costOf(const MatmulArgs& args) {
    const bool adds = args.result == MatmulResult::AddToOut;
    const double additions = (args.bias ? elementsOf(args.out) : 0) + (adds ? elementsOf(args.out) : 0);
    return {.operation = "matmul",
            .flops = 2 * elementsOf(args.out) * args.x.columns + additions,
            .bytes = bytesOf(args.x) + bytesOf(args.weights) + (args.bias ? bytesOf(*args.bias) : 0) + bytesOf(args.out) * (adds ? 2 : 1)};
}

OperationCost costOf(const RopeArgs& args) {
    // Four products and two additions for every pair.
    const double heads = static_cast<double>(args.x.columns) / args.headDim;
    const double turned = args.x.rows * heads * args.table.columns;
    return {.operation = "rope",
            .flops = 3 * turned,
            .bytes = 2 * turned * sizeof(float) + static_cast<double>(args.x.rows) * args.table.columns * sizeof(float)};
}

OperationCost costOf(const AttentionArgs& args) {
    const double heads = static_cast<double>(args.queries.columns) / args.headDim;
    const double visible = visiblePairs(args);
    // Two products of headDim terms, then scale, maximum, exponential, sum and division of every score.
    return {.operation = "attention",
            .flops = heads * visible * (4.0 * args.headDim + 5),
            .bytes = bytesOf(args.queries) + bytesOf(args.keys) + bytesOf(args.values) + bytesOf(args.out)};
}

OperationCost costOf(const AttentionWeightsArgs& args) {
    const AttentionArgs& attention = args.attention;
    const double heads = static_cast<double>(attention.queries.columns) / attention.headDim;
    // As above without the product with the values.
    return {.operation = "attention_weights",
            .flops = heads * visiblePairs(attention) * (2.0 * attention.headDim + 5),
            .bytes = bytesOf(attention.queries) + bytesOf(attention.keys) + bytesOf(args.out)};
}

OperationCost costOf(const SiluGateArgs& args) {
    return {
        .operation = "silu_gate", .flops = 5 * elementsOf(args.out), .bytes = bytesOf(args.gate) + bytesOf(args.up) + bytesOf(args.out)};
}

OperationCost costOf(const GeluArgs& args) {
    // The cubic polynomial in three products and an addition, its factor; tanh; one more and the half of x.
    return {.operation = "gelu", .flops = 8 * elementsOf(args.out), .bytes = bytesOf(args.x) + bytesOf(args.out)};
}

OperationCost costOf(const RouteArgs& args) {
    // Difference or sign, exponential, sum, division; a comparison for each choice.
    return {.operation = "route",
            .flops = elementsOf(args.scores) * (4.0 + args.weights.columns),
            .bytes = bytesOf(args.scores) + (args.bias ? bytesOf(*args.bias) : 0) + bytesOf(args.experts) + bytesOf(args.weights)};
}

OperationCost costOf(const GroupByExpertArgs& args) {
    return {.operation = "group_by_expert",
            .flops = 0,
            .bytes = bytesOf(args.experts) + bytesOf(args.groups.pairs) + bytesOf(args.groups.begins)};
}

OperationCost costOf(const ExpertMatmulArgs& args) {
    const double experts = static_cast<double>(args.weights.rows) / args.perExpert;
    const double asked = std::min<double>(experts, args.out.rows);
    return {.operation = "expert_matmul",
            .flops = 2 * elementsOf(args.out) * args.x.columns,
            .bytes = bytesOf(args.x) + bytesOf(args.out) + bytesOf(args.groups.pairs) +
                     asked * args.out.columns * static_cast<double>(rowBytes(args.weights.format, args.weights.columns))};
}

OperationCost costOf(const CombineExpertsArgs& args) {
    return {.operation = "combine_experts",
            .flops = 2 * elementsOf(args.x),
            .bytes = bytesOf(args.x) + bytesOf(args.weights) + 2 * bytesOf(args.out)};
}

OperationCost costOf(const CandidatesArgs& args) {
    // Maximum, difference, exponential, its sum, and product and sum of the entropy.
    const double results = static_cast<double>(args.logits.rows) * candidateRowWords(args.count) * sizeof(uint32_t);
    return {.operation = "candidates",
            .flops = 6 * elementsOf(args.logits),
            .bytes = bytesOf(args.logits) + bytesOf(args.forbidden) + bytesOf(args.positions) + results};
}

OperationCost costOf(const TruncateArgs& args) {
    // Division, difference, exponential, its sum and a comparison.
    return {.operation = "truncate", .flops = 5 * elementsOf(args.logits), .bytes = 2 * bytesOf(args.logits) + bytesOf(args.forbidden)};
}

OperationCost costOf(const GuideArgs& args) {
    return {
        .operation = "guide", .flops = 3 * elementsOf(args.out), .bytes = bytesOf(args.with) + bytesOf(args.without) + bytesOf(args.out)};
}

OperationCost costOf(const DriftArgs& args) {
    // Of each of the two rows the maximum, difference, exponential and its sum; then difference, product and sum.
    return {.operation = "drift",
            .flops = 11 * elementsOf(args.logits),
            .bytes = 3 * bytesOf(args.logits) + bytesOf(args.forbidden) + args.logits.rows * sizeof(float)};
}

OperationCost costOf(const PickArgs& args) {
    return {.operation = "pick", .flops = 0, .bytes = 3.0 * args.logits.rows * sizeof(float)};
}

OperationCost costOfReadTensor(const Tensor& x) {
    return {.operation = "read_tensor", .flops = 0, .bytes = 2 * bytesOf(x)};
}

uint64_t blockEnd(uint32_t blockLength, uint32_t blockOffset, uint64_t position) {
    ENGINE_ASSERT(blockLength > 0);
    const uint64_t offset = blockOffset % blockLength;
    return ((position + offset) / blockLength + 1) * blockLength - offset;
}

uint32_t visibleKeys(const AttentionArgs& args, uint32_t query) {
    const uint64_t position = uint64_t{args.firstQuery} + query;
    const uint64_t keys = args.keys.rows;
    switch (args.visibility) {
        case Visibility::Full: return args.keys.rows;
        case Visibility::Causal: return static_cast<uint32_t>(std::min(keys, position + 1));
        case Visibility::Shadow: return position < keys - args.shadow.rows ? args.keys.rows - args.shadow.rows : args.keys.rows;
        case Visibility::BlockCausal: return static_cast<uint32_t>(std::min(keys, blockEnd(args.blockLength, args.blockOffset, position)));
        case Visibility::CausalCanvas: return static_cast<uint32_t>(position < args.canvasBegin ? std::min(keys, position + 1) : keys);
    }
    ENGINE_ASSERT(false);
}

uint32_t hiddenKey(const AttentionArgs& args, uint32_t query) {
    const uint32_t text = args.keys.rows - args.shadow.rows;
    const uint32_t position = args.firstQuery + query;
    return args.visibility == Visibility::Shadow && position >= text ? args.shadow.begin + position - text : args.keys.rows;
}

}  // namespace crystallite
