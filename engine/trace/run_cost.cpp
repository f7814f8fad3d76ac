#include "engine/trace/run_cost.h"

namespace crystallite {

RunCost costOf(const Trace& trace) {
    RunCost cost;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        cost.evaluations += record.forwardPasses;
        cost.rows += record.rowsComputed;
        cost.milliseconds += record.milliseconds;
        for (const PassRecord& pass : record.passes) {
            cost.prefills += pass.kind == PassKind::Prefill ? 1 : 0;
            cost.commits += pass.kind == PassKind::Commit ? 1 : 0;
        }
    }
    return cost;
}

uint32_t writtenSlots(const Canvas& canvas) {
    uint32_t written = 0;
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        written += canvas.region(position) == SlotRegion::Answer && !canvas.isMasked(position) ? 1 : 0;
    }
    return written;
}

}  // namespace crystallite
