#pragma once

#include "engine/backend/backend.h"
#include "engine/model/kv_store.h"
#include "engine/model/model_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace crystallite {

/// What a text adds to its model's visibility, see ForwardRequest.
struct TextVisibility {
    uint32_t blockOffset = 0;
    uint32_t blockLength = 0;
    std::optional<uint32_t> canvasBegin;

    friend bool operator==(const TextVisibility&, const TextVisibility&) = default;
};

/// The rows of one pass through layers: a stretch of a text, and behind it those of a shadow, see Transformer.
struct PassRows {
    uint32_t first = 0;  ///< position of the first
    uint32_t text = 0;   ///< rows of the text: positions [first, first + text)
    uint32_t seen = 0;   ///< rows [0, seen) of the text are what the last of them sees; without an owner they are `text` themselves
    ShadowRows shadow;
    TextVisibility visibility;
    std::optional<uint64_t> owner;  ///< whose rows these join in the store; none: no store has to do with them

    [[nodiscard]] uint32_t end() const { return first + text; }
    /// With those of the shadow.
    [[nodiscard]] uint32_t count(const ModelConfig& config) const;
};

/// Of block-causal attention: what the text says, else the model.
uint32_t blockLengthOf(const ModelConfig& config, const TextVisibility& visibility);

/// Runs a pass with the store that its rows join, null where they join none.
Result<void> runStored(KvStore& store, const PassRows& rows, const std::function<Result<void>(const KvStore*)>& run);

/// How many rows of a text of `slots`, from the first on, the row at `position` sees.
uint32_t rowsSeen(const ModelConfig& config, const TextVisibility& visibility, uint32_t slots, uint32_t position);

/// The row that predicts a slot. With a shift nothing stands before slot 0; its own row is the best there is.
uint32_t predictingRow(const ModelConfig& config, uint32_t slot);
std::vector<uint32_t> predictingRows(const ModelConfig& config, std::span<const uint32_t> slots);

}  // namespace crystallite
