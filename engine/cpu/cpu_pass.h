#pragma once

#include "engine/backend/backend.h"
#include "engine/cpu/cpu_workers.h"

#include <vector>

namespace crystallite {

/// Executes every operation when it is called, unless a stop is requested: then it returns at once.
class CpuPass final : public Pass {
public:
    /// `timings` may be null: then nothing is timed. Both must outlive the pass.
    CpuPass(CpuWorkers& workers, std::vector<OperationTiming>* timings) : workers_(workers), timings_(timings) {}

    void embed(const EmbedArgs& args) override;
    void gatherRows(const GatherRowsArgs& args) override;
    void rmsNorm(const RmsNormArgs& args) override;
    void layerNorm(const LayerNormArgs& args) override;
    void matmul(const MatmulArgs& args) override;
    void rope(const RopeArgs& args) override;
    void attention(const AttentionArgs& args) override;
    void attentionWeights(const AttentionWeightsArgs& args) override;
    void siluGate(const SiluGateArgs& args) override;
    void gelu(const GeluArgs& args) override;
    void route(const RouteArgs& args) override;
    void groupByExpert(const GroupByExpertArgs& args) override;
    void expertMatmul(const ExpertMatmulArgs& args) override;
    void combineExperts(const CombineExpertsArgs& args) override;
    void candidates(const CandidatesArgs& args) override;
    void truncate(const TruncateArgs& args) override;
    void guide(const GuideArgs& args) override;
    void drift(const DriftArgs& args) override;
    void pick(const PickArgs& args) override;
    void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) override;

private:
    CpuWorkers& workers_;
    std::vector<OperationTiming>* timings_;
};

}  // namespace crystallite
