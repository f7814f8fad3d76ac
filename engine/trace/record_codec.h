#pragma once

#include "engine/text/tokenizer_data.h"
#include "engine/trace/canvas.h"
#include "engine/trace/grid_layout.h"
#include "engine/trace/step_record.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace crystallite {

// The blobs of a trace file: little-endian 32-bit words, floats as their IEEE 754 bits, so that a stored probability compares to the bit.
// Unpacking gives nothing when the length does not fit the layout; whether the numbers make sense is for the reader to check.

/// Word 0: candidates per belief, k. Then per belief: position, logSumExp, entropy, margin, sampledId, sampledProbability, score,
/// k ids, k probabilities. Every belief of a record has the same k.
std::vector<std::byte> packBeliefs(std::span<const SlotBelief> beliefs);
std::optional<std::vector<SlotBelief>> unpackBeliefs(std::span<const std::byte> bytes);

/// Per event: kind, position, before, after, probability.
std::vector<std::byte> packEvents(std::span<const SlotEvent> events);
std::optional<std::vector<SlotEvent>> unpackEvents(std::span<const std::byte> bytes);

/// Per pass: kind, first row, rows.
std::vector<std::byte> packPasses(std::span<const PassRecord> passes);
std::optional<std::vector<PassRecord>> unpackPasses(std::span<const std::byte> bytes);

std::vector<std::byte> packIds(std::span<const TokenId> ids);
std::optional<std::vector<TokenId>> unpackIds(std::span<const std::byte> bytes);

/// Per slot: position, id.
std::vector<std::byte> packPinned(std::span<const PinnedSlot> slots);
std::optional<std::vector<PinnedSlot>> unpackPinned(std::span<const std::byte> bytes);

/// Rows, columns, rows of a box, columns of a box; no bytes for no layout.
std::vector<std::byte> packLayout(const std::optional<GridLayout>& layout);
std::optional<std::optional<GridLayout>> unpackLayout(std::span<const std::byte> bytes);

}  // namespace crystallite
