#pragma once

#include "engine/backend/backend.h"
#include "engine/cpu/cpu_workers.h"

namespace crystallite {

// The operations of Pass, each in the file of its name. Formulas and shapes stand at their arguments in backend.h.

void embed(CpuWorkers& workers, const EmbedArgs& args);
void gatherRows(CpuWorkers& workers, const GatherRowsArgs& args);
void rmsNorm(CpuWorkers& workers, const RmsNormArgs& args);
void layerNorm(CpuWorkers& workers, const LayerNormArgs& args);
void matmul(CpuWorkers& workers, const MatmulArgs& args);
void rope(CpuWorkers& workers, const RopeArgs& args);
void attention(CpuWorkers& workers, const AttentionArgs& args);
void attentionWeights(CpuWorkers& workers, const AttentionWeightsArgs& args);
void siluGate(CpuWorkers& workers, const SiluGateArgs& args);
void gelu(CpuWorkers& workers, const GeluArgs& args);
void route(CpuWorkers& workers, const RouteArgs& args);
void groupByExpert(CpuWorkers& workers, const GroupByExpertArgs& args);
void expertMatmul(CpuWorkers& workers, const ExpertMatmulArgs& args);
void combineExperts(CpuWorkers& workers, const CombineExpertsArgs& args);
void candidates(CpuWorkers& workers, const CandidatesArgs& args);
void truncate(CpuWorkers& workers, const TruncateArgs& args);
void guide(CpuWorkers& workers, const GuideArgs& args);
void drift(CpuWorkers& workers, const DriftArgs& args);
void pick(CpuWorkers& workers, const PickArgs& args);
void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes);

}  // namespace crystallite
