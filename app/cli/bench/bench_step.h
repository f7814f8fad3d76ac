#pragma once

#include "app/cli/bench/bench_sums.h"
#include "engine/model/load_plan.h"
#include "engine/model/model.h"

#include <optional>
#include <stop_token>

namespace crystallite::cli {

/// A step whose time is wanted.
struct StepCase {
    uint32_t slots = 128;
    std::optional<uint32_t> open;  ///< slots whose distribution is wanted; default: all, with a cache those of a block of 32
    CacheKind cache = CacheKind::None;
};

/// What a step computes: the open slots lie in the middle of the canvas, with an exact cache in its last block.
struct StepRows {
    uint32_t firstOpen = 0;
    uint32_t open = 0;
    uint32_t begin = 0;  ///< rows [begin, end) go through the layers
    uint32_t end = 0;

    [[nodiscard]] uint32_t rows() const { return end - begin; }
};

/// InvalidArgument where the canvas has not as many slots, or the cache is not one for this model.
Result<StepRows> rowsOf(const StepCase& step, const ModelConfig& config);

struct StepMeasurement {
    StepCase step;
    StepRows rows;
    OperationSum sum;    ///< of the step: median wall time, unprofiled; flops and bytes of its operations
    double best = 0.0;   ///< the shortest of the times: what other programs disturbed least
    double least = 0.0;  ///< at the devices' limits
    std::vector<std::map<std::string, OperationSum>> byDevice;  ///< in the order of the pass
    std::vector<double> leastByDevice;
    LoadPlan plan;
};

/// Times the step `repeats` times after two that warm up, and as often again with every operation timed.
Result<StepMeasurement> measureStep(Model& model, const StepCase& step, uint32_t repeats, const std::vector<MeasuredDevice>& devices,
                                    const std::stop_token& stop);

/// What the step is, its times and its memory.
nlohmann::json entryOf(const StepMeasurement& measurement);
/// By device, by operation.
nlohmann::json operationsOf(const StepMeasurement& measurement, const std::vector<MeasuredDevice>& devices);
void print(const StepMeasurement& measurement, const std::vector<MeasuredDevice>& devices);
/// "512 slots, 32 open, dual cache (32 rows)"
std::string textOf(const StepMeasurement& measurement);

}  // namespace crystallite::cli
