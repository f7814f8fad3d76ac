#pragma once

#include "engine/diffusion/drift_memory.h"
#include "engine/diffusion/pass_plan.h"
#include "engine/model/denoiser.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Runs the passes of a session on its model, and brings the model back to where they left it when it has forgotten them. Inference thread;
/// the model must outlive it.
class PassRunner {
public:
    explicit PassRunner(Denoiser& model);

    /// After a stop or a restore, or when another session ran, the model holds neither the keys and values nor the distributions of this
    /// run. The passes that left what the next step looks at are made again, on the canvases as they were; they cost time, but belong to no
    /// step.
    Result<void> catchUp(const Trace& trace, const PassPlan& next, const std::stop_token& stop);
    /// The passes of the next step. A failure forgets what the model holds of the run.
    Result<ForwardResult> run(const Trace& trace, const PassPlan& next, const std::stop_token& stop);
    /// Of each slot of the step, the latest last; see Forecast::drift.
    [[nodiscard]] std::vector<std::vector<float>> driftOf(const std::vector<uint32_t>& slots) const { return drift_.of(slots); }

private:
    Result<ForwardResult> pass(const Trace& trace, uint32_t frame, const StepPlan& step, const PassRecord& pass,
                               const std::stop_token& stop);
    [[nodiscard]] Comparison comparisonAt(uint32_t frame, const StepPlan& step);

    Denoiser& model_;
    uint64_t owner_;
    DriftMemory drift_;
};

/// Whether the last step changed nothing, so that the next one needs no pass of its own. With guidance it does: the last pass was over
/// another text. The published ReMDM sampler keeps its probabilities likewise (kuleshov-group/remdm `diffusion.py`).
bool repeatsText(const ModelConfig& config, const Trace& trace);

}  // namespace crystallite
