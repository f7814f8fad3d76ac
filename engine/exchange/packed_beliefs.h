#pragma once

#include "engine/exchange/json_writer.h"
#include "engine/trace/trace.h"

namespace crystallite {

/// Stands for a candidate that a belief with fewer than the others does not have.
inline constexpr uint32_t kNoCandidate = 0xFFFF'FFFFU;

/// Every belief of the run, in the order of steps and positions, as an object of columns: `candidates` (how many per belief), `counts` (of
/// beliefs per step), and in base64, little-endian, `position`, `sampled_id`, `ids` as u32 and `log_sum_exp`, `entropy`, `margin`,
/// `sampled_probability`, `score`, `probabilities` as f32. Nothing is rounded.
Result<void> writePackedBeliefs(JsonWriter& json, const Trace& trace);

}  // namespace crystallite
