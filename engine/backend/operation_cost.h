#pragma once

#include "engine/backend/backend.h"

namespace crystallite {

/// Work that an operation cannot do without: what profiling divides by the time.
struct OperationCost {
    const char* operation = "";  ///< the stem of its files: "matmul", "rms_norm", …
    double flops = 0.0;          ///< additions, multiplications, divisions and each elementary function count one
    double bytes = 0.0;          ///< every operand once
};

OperationCost costOf(const EmbedArgs& args);
OperationCost costOf(const GatherRowsArgs& args);
OperationCost costOf(const RmsNormArgs& args);
OperationCost costOf(const LayerNormArgs& args);
OperationCost costOf(const MatmulArgs& args);
OperationCost costOf(const RopeArgs& args);
/// Counts the visible keys only.
OperationCost costOf(const AttentionArgs& args);
OperationCost costOf(const AttentionWeightsArgs& args);
OperationCost costOf(const SiluGateArgs& args);
OperationCost costOf(const GeluArgs& args);
/// A comparison per expert and choice beside the probabilities.
OperationCost costOf(const RouteArgs& args);
OperationCost costOf(const GroupByExpertArgs& args);
/// Who is asked is not known before the pass: the weights count for as many experts as there are pairs, at most all.
OperationCost costOf(const ExpertMatmulArgs& args);
OperationCost costOf(const CombineExpertsArgs& args);
/// Noise is not counted: it is the same work for every temperature but 0.
OperationCost costOf(const CandidatesArgs& args);
/// The search for the last id that is kept counts as one look.
OperationCost costOf(const TruncateArgs& args);
OperationCost costOf(const GuideArgs& args);
OperationCost costOf(const DriftArgs& args);
OperationCost costOf(const PickArgs& args);
OperationCost costOfReadTensor(const Tensor& x);

/// The first position behind the block that `position` stands in; the block of position p is (p + blockOffset) / blockLength.
uint64_t blockEnd(uint32_t blockLength, uint32_t blockOffset, uint64_t position);
/// How many keys stand in the prefix of the keys that a query sees. `query` counts from the first query row.
uint32_t visibleKeys(const AttentionArgs& args, uint32_t query);
/// The one key of that prefix that the query does not see all the same; none: the number of keys.
uint32_t hiddenKey(const AttentionArgs& args, uint32_t query);

}  // namespace crystallite
