#pragma once

#include "engine/base/result.h"
#include "engine/model/model_config.h"
#include "engine/trace/canvas.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/step_record.h"

#include <cstdint>
#include <span>
#include <vector>

// What every pass over a run's canvas has in common, whether a step or a probe asks for it.

namespace crystallite {

/// Ids that count as impossible, sorted: what the model forbids, and `suppressed`. What the published samplers never forbid counts as
/// possible under the strict reference. ReMDM's models, which are MDLM's, never predict their mask.
std::vector<TokenId> forbiddenIds(const ModelConfig& config, const DecodeSettings& settings, std::span<const TokenId> suppressed);

/// The text with every slot masked that was given: what guidance guides away from.
std::vector<TokenId> withoutGiven(const Canvas& canvas);

/// ForwardRequest::blockLength of a run.
uint32_t seenBlockLength(const DecodeSettings& settings);

/// Weights that overflow give distributions that are no numbers; nothing sensible can be drawn from them.
Result<void> checkBeliefs(std::span<const SlotBelief> beliefs);

}  // namespace crystallite
