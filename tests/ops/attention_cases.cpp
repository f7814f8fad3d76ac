#include "tests/ops/attention_cases.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {
namespace {

/// Queries in the middle of the keys, as a pass over some rows of a store has them: blocks that begin before the text, that end in the
/// middle of a team's queries, that are longer than the text or of one key; canvases before, in and behind the queries.
void addBlocksAndCanvases(std::vector<AttentionCase>& cases) {
    const AttentionCase shape{.queries = 17, .keys = 40, .heads = 6, .kvHeads = 2, .headDim = 24, .firstQuery = 9};
    const auto add = [&cases](AttentionCase which) {
        for (const Placement placement : {Placement::Dense, Placement::Strided}) {
            which.placement = placement;
            cases.push_back(which);
        }
    };
    for (const auto& [length, offset] : {std::pair(8U, 3U), {8U, 7U}, {8U, 24U}, {32U, 13U}, {1U, 0U}, {64U, 5U}, {UINT32_MAX, 11U}}) {
        AttentionCase blocks = shape;
        blocks.visibility = Visibility::BlockCausal;
        blocks.blockLength = length;
        blocks.blockOffset = offset;
        add(blocks);
    }
    for (const uint32_t begin : {0U, 9U, 14U, 26U, 40U}) {
        AttentionCase canvas = shape;
        canvas.visibility = Visibility::CausalCanvas;
        canvas.canvasBegin = begin;
        add(canvas);
    }
    add({.queries = 70,
         .keys = 197,
         .heads = 4,
         .kvHeads = 4,
         .headDim = 32,
         .firstQuery = 101,
         .visibility = Visibility::BlockCausal,
         .blockLength = 32,
         .blockOffset = 7,
         .spread = 8.0F});
}

bool isVisible(const AttentionCase& c, uint32_t query, uint32_t key) {
    switch (c.visibility) {
        case Visibility::Full: return true;
        case Visibility::Causal: return key <= query;
        case Visibility::BlockCausal:
            return (uint64_t{key} + c.blockOffset) / c.blockLength <= (uint64_t{query} + c.blockOffset) / c.blockLength;
        case Visibility::CausalCanvas: return key <= query || query >= c.canvasBegin;
        case Visibility::Shadow: {
            const uint32_t text = c.keys - c.shadow.rows;
            return query < text ? key < text : key != c.shadow.begin + query - text;
        }
    }
    return false;
}

}  // namespace

std::string AttentionCase::visible() const {
    switch (visibility) {
        case Visibility::Full: return "Full";
        case Visibility::Causal: return "Causal";
        case Visibility::BlockCausal:
            return "Blocks" + std::to_string(blockLength) + (blockOffset > 0 ? "after" + std::to_string(blockOffset) : "");
        case Visibility::CausalCanvas: return "CanvasFrom" + std::to_string(canvasBegin);
        case Visibility::Shadow: return "Shadow" + std::to_string(shadow.rows) + "from" + std::to_string(shadow.begin);
    }
    return "";
}

std::string AttentionCase::name() const {
    return visible() + "_" + std::to_string(queries) + "of" + std::to_string(keys) + "from" + std::to_string(firstQuery) + "_heads" +
           std::to_string(heads) + "over" + std::to_string(kvHeads) + "x" + std::to_string(headDim) + "_" + nameOf(placement) +
           (spread > 1.0F ? "_Sharp" : "");
}

std::vector<AttentionCase> attentionCases() {
    std::vector<AttentionCase> cases;
    const auto addAll = [&](AttentionCase shape) {
        for (const Placement placement : {Placement::Dense, Placement::Strided}) {
            shape.placement = placement;
            for (const Visibility visibility : {Visibility::Full, Visibility::Causal, Visibility::BlockCausal}) {
                shape.visibility = visibility;
                shape.blockLength = visibility == Visibility::BlockCausal ? 5 : 1;
                cases.push_back(shape);
            }
        }
    };
    addAll({.queries = 1, .keys = 1, .heads = 1, .kvHeads = 1, .headDim = 3});
    addAll({.queries = 1, .keys = 33, .heads = 3, .kvHeads = 1, .headDim = 20, .firstQuery = 12});
    addAll({.queries = 17, .keys = 33, .heads = 6, .kvHeads = 2, .headDim = 24, .firstQuery = 9});
    addAll({.queries = 33, .keys = 33, .heads = 2, .kvHeads = 2, .headDim = 64});
    addAll({.queries = 150, .keys = 290, .heads = 4, .kvHeads = 2, .headDim = 130, .firstQuery = 140});
    addAll({.queries = 70, .keys = 97, .heads = 4, .kvHeads = 4, .headDim = 32, .firstQuery = 27, .spread = 8.0F});
    for (const Placement placement : {Placement::Dense, Placement::Strided}) {
        const auto addShadow = [&](AttentionCase shape) {
            shape.visibility = Visibility::Shadow;
            shape.placement = placement;
            cases.push_back(shape);
        };
        addShadow({.queries = 3, .keys = 3, .heads = 1, .kvHeads = 1, .headDim = 3, .shadow = {.rows = 1, .begin = 1}});
        addShadow({.queries = 33, .keys = 33, .heads = 6, .kvHeads = 2, .headDim = 24, .shadow = {.rows = 9, .begin = 5}});
        addShadow({.queries = 40, .keys = 40, .heads = 2, .kvHeads = 2, .headDim = 64, .shadow = {.rows = 20, .begin = 0}});
        addShadow(
            {.queries = 70, .keys = 97, .heads = 4, .kvHeads = 4, .headDim = 32, .firstQuery = 27, .shadow = {.rows = 13, .begin = 71}});
        addShadow(
            {.queries = 9, .keys = 97, .heads = 4, .kvHeads = 4, .headDim = 32, .firstQuery = 88, .shadow = {.rows = 13, .begin = 0}});
    }
    addBlocksAndCanvases(cases);
    // More queries than a small binding shows, so that they are split, and few keys, which are not.
    cases.push_back({.queries = 340,
                     .keys = 350,
                     .heads = 8,
                     .kvHeads = 1,
                     .headDim = 32,
                     .firstQuery = 10,
                     .visibility = Visibility::Causal,
                     .placement = Placement::Strided});
    return cases;
}

Placement otherThan(Placement placement) {
    return placement == Placement::Dense ? Placement::Strided : Placement::Dense;
}

AttentionOperands attentionOperands(const AttentionCase& c) {
    return {.queries = randomMatrix(c.queries, c.heads * c.headDim, 1, c.spread),
            .keys = randomMatrix(c.keys, c.kvHeads * c.headDim, 2, c.spread),
            .values = randomMatrix(c.keys, c.kvHeads * c.headDim, 3),
            .scale = 1 / std::sqrt(static_cast<float>(c.headDim))};
}

AttentionArgs attentionArgs(DeviceMatrices& device, const AttentionOperands& operands, const AttentionCase& c) {
    return {.queries = device.place(operands.queries, c.placement),
            .keys = device.place(operands.keys, c.placement),
            .values = device.place(operands.values, otherThan(c.placement)),
            .out = device.placeEmpty(c.queries, c.heads * c.headDim, otherThan(c.placement)),
            .headDim = c.headDim,
            .scale = operands.scale,
            .firstQuery = c.firstQuery,
            .visibility = c.visibility,
            .blockLength = c.blockLength,
            .blockOffset = c.blockOffset,
            .canvasBegin = c.canvasBegin,
            .shadow = c.shadow};
}

Scores scoresOf(const AttentionOperands& operands, const AttentionCase& c, uint32_t row, uint32_t head) {
    Scores scores;
    const uint32_t queryColumn = head * c.headDim;
    const uint32_t keyColumn = head / (c.heads / c.kvHeads) * c.headDim;
    double largest = -HUGE_VAL;
    double smallest = HUGE_VAL;
    double scoreError = 0;
    for (uint32_t key = 0; key < c.keys; ++key) {
        if (!isVisible(c, c.firstQuery + row, key)) {
            continue;
        }
        double dot = 0;
        double magnitude = 0;
        for (uint32_t d = 0; d < c.headDim; ++d) {
            const double product = double{operands.queries.at(row, queryColumn + d)} * operands.keys.at(key, keyColumn + d);
            dot += product;
            magnitude += std::abs(product);
        }
        scores.keys.push_back(key);
        scores.weights.push_back(operands.scale * dot);
        largest = std::max(largest, operands.scale * dot);
        smallest = std::min(smallest, operands.scale * dot);
        scoreError = std::max(scoreError, (c.headDim + 3) * kRounding * operands.scale * magnitude);
    }
    double sum = 0;
    for (double& weight : scores.weights) {
        weight = std::exp(weight - largest);
        sum += weight;
    }
    for (double& weight : scores.weights) {
        weight /= sum;
    }
    // exp turns the absolute error of score and maximum into a relative one; Vulkan grants exp(x) 3 + 2|x| units of two roundings.
    const double expError = 2 * scoreError + (2 * (3 + 2 * (largest - smallest)) + (largest - smallest)) * kRounding;
    // Numerator and sum both carry it; the sum adds one rounding per key.
    scores.relativeError = 2 * expError + (static_cast<double>(scores.keys.size()) + 4) * kRounding;
    return scores;
}

}  // namespace crystallite
