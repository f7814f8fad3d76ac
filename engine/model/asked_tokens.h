#pragma once

#include "engine/model/denoiser.h"

#include <span>
#include <vector>

namespace crystallite {

/// What each row of `logits` [ids, vocabulary], F32 that the host can read, says of its own of the `ids`: its probability, and its place
/// among the ids that are not forbidden. No id is forbidden; `forbidden` is sorted; the beliefs are those of the rows.
std::vector<AskedToken> askedTokens(Buffer& logits, std::span<const TokenId> ids, std::span<const TokenId> forbidden,
                                    std::span<const SlotBelief> beliefs, uint32_t vocabulary);

}  // namespace crystallite
