#pragma once

#include "app/cli/bench/bench_sums.h"
#include "engine/model/model.h"

#include <optional>
#include <stop_token>

namespace crystallite::cli {

/// A whole run as `generate` makes it: a prompt of 32 tokens and an answer behind it.
struct RunCase {
    uint32_t slots = 128;  ///< of prompt and answer
    std::optional<uint32_t> steps;
    CacheKind cache = CacheKind::None;
};

struct RunMeasurement {
    RunCase run;
    uint32_t steps = 0;
    uint32_t tokens = 0;  ///< of the answer
    uint64_t rows = 0;    ///< through the layers, over all passes
    OperationSum sum;     ///< of the run: wall time of the fastest of the repeats; flops and bytes of all operations
    double least = 0.0;
};

/// Times the run `repeats` times after one that warms up and counts its work. InvalidArgument as Session::start().
Result<RunMeasurement> measureRun(Model& model, const RunCase& run, uint32_t repeats, const std::vector<MeasuredDevice>& devices,
                                  const std::stop_token& stop);

nlohmann::json entryOf(const RunMeasurement& measurement);
void print(const RunMeasurement& measurement);

}  // namespace crystallite::cli
