#pragma once

#include <cstdint>

namespace crystallite {

/// Layers [first, end) of the `of` that a model has: what one device computes. Whoever has the first layer embeds the tokens too, whoever
/// has the last computes the logits; a range has one of them at least.
struct LayerRange {
    uint32_t first = 0;
    uint32_t end = 0;
    uint32_t of = 0;

    [[nodiscard]] bool embeds() const { return first == 0; }
    [[nodiscard]] bool predicts() const { return end == of; }
    [[nodiscard]] bool isWhole() const { return embeds() && predicts(); }
    [[nodiscard]] uint32_t count() const { return end - first; }
    friend bool operator==(const LayerRange&, const LayerRange&) = default;
};

}  // namespace crystallite
