#pragma once

#include "engine/trace/decode_settings.h"

#include <cstdint>

namespace crystallite {

/// The blocks of a run, all of one length, of which the text may cut short the first and the last. Block 0 is the first that has slots
/// behind the prompt.
class BlockGrid {
public:
    /// Of a text of `promptLength` given slots and settings.length more. Text-anchored settings need a block length.
    BlockGrid(const DecodeSettings& settings, uint32_t promptLength);

    [[nodiscard]] uint32_t count() const { return blockOf(text_ - 1) + 1; }
    /// Of a position that does not stand before block 0.
    [[nodiscard]] uint32_t blockOf(uint32_t position) const;
    /// Slots [begin, end) of a block that stand behind the prompt.
    [[nodiscard]] uint32_t begin(uint32_t block) const;
    [[nodiscard]] uint32_t end(uint32_t block) const;
    /// Rows [borderBefore, borderBehind) are those of the position's block, prompt included.
    [[nodiscard]] uint32_t borderBefore(uint32_t position) const;
    [[nodiscard]] uint32_t borderBehind(uint32_t position) const;

private:
    [[nodiscard]] uint64_t indexOf(uint32_t position) const { return (uint64_t{position} + shift_) / length_; }

    uint32_t length_;
    uint32_t shift_ = 0;  ///< position p stands in block (p + shift) / length of the whole text
    uint32_t prompt_;
    uint32_t text_;
    uint64_t first_ = 0;  ///< index of block 0
};

}  // namespace crystallite
