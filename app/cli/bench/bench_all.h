#pragma once

#include "app/cli/bench/bench_model.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <stop_token>
#include <vector>

namespace crystallite::cli {

/// Everything that is to be known of a device: of a shape (default: llada-8b) in Q4_K_M and in F16 every operation alone, full steps over
/// 256, 512 and 1,024 slots (or `slots`), and steps with the prefix and the dual cache over them. A format that does not fit is named with
/// the reason.
///
/// `document` gets each part as soon as it is measured, "complete" last: of a bench that was stopped it holds what was done. Progress goes
/// to stderr.
Result<void> measureAll(const BenchModelChoice& model, const std::vector<uint32_t>& slots, uint32_t repeats, nlohmann::json& document,
                        const std::stop_token& stop);

}  // namespace crystallite::cli
