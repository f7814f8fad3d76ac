#include "engine/cpu/cpu_pass.h"

#include "engine/backend/operation_cost.h"
#include "engine/cpu/cpu_operations.h"

#include <chrono>

namespace crystallite {
namespace {

/// Runs `operation` unless a stop is requested. `cost` is asked for only when somebody wants the timing.
template <typename Operation, typename Cost>
void execute(const CpuWorkers& workers, std::vector<OperationTiming>* timings, const Operation& operation, const Cost& cost) {
    if (workers.isStopped()) {
        return;
    }
    if (timings == nullptr) {
        operation();
        return;
    }
    const auto start = std::chrono::steady_clock::now();
    operation();
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    const OperationCost work = cost();
    timings->push_back({.operation = work.operation, .milliseconds = elapsed.count(), .flops = work.flops, .bytes = work.bytes});
}

template <typename Args>
void execute(CpuWorkers& workers, std::vector<OperationTiming>* timings, void (*operation)(CpuWorkers&, const Args&), const Args& args) {
    execute(
        workers, timings, [&] { operation(workers, args); }, [&] { return costOf(args); });
}

}  // namespace

void CpuPass::embed(const EmbedArgs& args) {
    execute(workers_, timings_, crystallite::embed, args);
}

void CpuPass::gatherRows(const GatherRowsArgs& args) {
    execute(workers_, timings_, crystallite::gatherRows, args);
}

void CpuPass::rmsNorm(const RmsNormArgs& args) {
    execute(workers_, timings_, crystallite::rmsNorm, args);
}

void CpuPass::layerNorm(const LayerNormArgs& args) {
    execute(workers_, timings_, crystallite::layerNorm, args);
}

void CpuPass::matmul(const MatmulArgs& args) {
    execute(workers_, timings_, crystallite::matmul, args);
}

void CpuPass::rope(const RopeArgs& args) {
    execute(workers_, timings_, crystallite::rope, args);
}

void CpuPass::attention(const AttentionArgs& args) {
    execute(workers_, timings_, crystallite::attention, args);
}

void CpuPass::attentionWeights(const AttentionWeightsArgs& args) {
    execute(workers_, timings_, crystallite::attentionWeights, args);
}

void CpuPass::siluGate(const SiluGateArgs& args) {
    execute(workers_, timings_, crystallite::siluGate, args);
}

void CpuPass::gelu(const GeluArgs& args) {
    execute(workers_, timings_, crystallite::gelu, args);
}

void CpuPass::route(const RouteArgs& args) {
    execute(workers_, timings_, crystallite::route, args);
}

void CpuPass::groupByExpert(const GroupByExpertArgs& args) {
    execute(workers_, timings_, crystallite::groupByExpert, args);
}

void CpuPass::expertMatmul(const ExpertMatmulArgs& args) {
    execute(workers_, timings_, crystallite::expertMatmul, args);
}

void CpuPass::combineExperts(const CombineExpertsArgs& args) {
    execute(workers_, timings_, crystallite::combineExperts, args);
}

void CpuPass::candidates(const CandidatesArgs& args) {
    execute(workers_, timings_, crystallite::candidates, args);
}

void CpuPass::truncate(const TruncateArgs& args) {
    execute(workers_, timings_, crystallite::truncate, args);
}

void CpuPass::guide(const GuideArgs& args) {
    execute(workers_, timings_, crystallite::guide, args);
}

void CpuPass::drift(const DriftArgs& args) {
    execute(workers_, timings_, crystallite::drift, args);
}

void CpuPass::pick(const PickArgs& args) {
    execute(workers_, timings_, crystallite::pick, args);
}

void CpuPass::readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) {
    execute(
        workers_, timings_, [&] { crystallite::readTensor(x, out, outOffsetBytes); }, [&] { return costOfReadTensor(x); });
}

}  // namespace crystallite
