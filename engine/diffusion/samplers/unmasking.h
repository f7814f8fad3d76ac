#pragma once

#include "engine/trace/decode_settings.h"
#include "engine/trace/step_record.h"

#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

/// The uniform number in (0, 1) by which chance ranks or chooses a slot in a step.
double orderDraw(uint64_t seed, uint32_t step, uint32_t position);

/// What `order` ranks an eligible slot by; larger commits earlier. ML-GSAI/LLaDA `generate.py` (low confidence, random) and Dream's
/// `sample_tokens` (margin, negative entropy). `seed` and `step` decide the random order only. Origin ranks nothing.
float unmaskScore(UnmaskOrder order, const SlotBelief& belief, uint64_t seed, uint32_t step);

/// Indices into `beliefs` by falling score, ties to the lower position; a NaN score is not eligible. `beliefs` rise by position.
std::vector<uint32_t> rankSlots(std::span<const SlotBelief> beliefs);

/// The `count` first of them, fewer when fewer are eligible.
std::vector<uint32_t> chooseSlots(std::span<const SlotBelief> beliefs, uint32_t count);

}  // namespace crystallite
