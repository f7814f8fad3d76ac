#pragma once

#include "app/cli/bench/bench_sums.h"
#include "engine/formats/model_source.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace crystallite::cli {

/// One operation at the sizes of a model.
struct OperationMeasurement {
    std::string name;  ///< "ffn_up", as the tensor is called; "attention"
    uint32_t rows = 0;
    std::string detail;  ///< "12288 x 4096 Q4_K"; "512 keys, 32 heads of 128"
    OperationSum sum;    ///< of one call
    double least = 0.0;
};

/// Every product of a layer and of the head alone, over 1, 8, 32, 64 and `slots` rows, and attention of 32 and all rows over `slots` keys.
/// A product is timed over the weights of many layers one after the other, some hundred megabytes where the model has them, so that a cache
/// does not hold what a step would read from memory; products over few rows are then at the speed of the memory. The products of a
/// mixture's experts are not among them: who is asked is known in a step alone.
Result<std::vector<OperationMeasurement>> measureOps(Backend& backend, const ModelSource& source, uint32_t slots, uint32_t repeats,
                                                     const DeviceLimits& limits, const std::stop_token& stop);

nlohmann::json entryOf(const std::vector<OperationMeasurement>& operations);
void print(const std::vector<OperationMeasurement>& operations);

}  // namespace crystallite::cli
