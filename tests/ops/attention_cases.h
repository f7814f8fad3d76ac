#pragma once

#include "tests/support/operation_test.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// What is tried of attention and of its weights.
struct AttentionCase {
    uint32_t queries = 0;
    uint32_t keys = 0;
    uint32_t heads = 0;
    uint32_t kvHeads = 0;
    uint32_t headDim = 0;
    uint32_t firstQuery = 0;
    Visibility visibility = Visibility::Full;
    uint32_t blockLength = 1;
    uint32_t blockOffset = 0;
    uint32_t canvasBegin = 0;
    ShadowRows shadow;
    float spread = 1.0F;  ///< size of queries and keys; large ones make the softmax sharp
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const;

private:
    [[nodiscard]] std::string visible() const;
};

/// Every visibility over ragged shapes, grouped heads, queries in the middle of the keys, in both placements.
std::vector<AttentionCase> attentionCases();

/// Random for a case: the same numbers for both operations.
struct AttentionOperands {
    FloatMatrix queries;
    FloatMatrix keys;
    FloatMatrix values;
    float scale = 0.0F;
};

AttentionOperands attentionOperands(const AttentionCase& c);

/// The arguments of a case with these operands on a device; no stride stands for another.
AttentionArgs attentionArgs(DeviceMatrices& device, const AttentionOperands& operands, const AttentionCase& c);

/// The other of the two, for what must not lie as the operands do.
Placement otherThan(Placement placement);

/// The scores of one query and head, and what rounding may do to the weights made from them.
struct Scores {
    std::vector<uint32_t> keys;  ///< the visible ones
    std::vector<double> weights;
    double relativeError = 0;  ///< of any weight, after normalisation
};

Scores scoresOf(const AttentionOperands& operands, const AttentionCase& c, uint32_t row, uint32_t head);

}  // namespace crystallite
