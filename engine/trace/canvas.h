#pragma once

#include "engine/text/tokenizer_data.h"
#include "engine/trace/step_record.h"

#include <cstdint>
#include <span>
#include <vector>

namespace crystallite {

enum class SlotRegion : uint8_t {
    Prompt,  ///< given, in front of every open slot
    Answer,  ///< open at first
    Pinned,  ///< given among the open slots: text around a gap, a cell of a puzzle
};

struct PinnedSlot {
    uint32_t position = 0;
    TokenId id = 0;
    friend bool operator==(const PinnedSlot&, const PinnedSlot&) = default;
};

/// The tokens of a run. Whether a slot is masked is kept beside the ids: some models' mask id is an ordinary word.
class Canvas {
public:
    Canvas() = default;
    /// `prompt`, then `length` slots of which those in `pinned` (rising) are given and the others masked.
    Canvas(std::span<const TokenId> prompt, uint32_t length, TokenId maskId, std::span<const PinnedSlot> pinned = {});

    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(tokens_.size()); }
    [[nodiscard]] uint32_t promptLength() const;  ///< leading slots of region Prompt
    [[nodiscard]] std::span<const TokenId> tokens() const { return tokens_; }
    [[nodiscard]] TokenId token(uint32_t position) const;
    [[nodiscard]] bool isMasked(uint32_t position) const;
    [[nodiscard]] SlotRegion region(uint32_t position) const;
    [[nodiscard]] uint32_t maskedCount() const { return maskedCount_; }
    [[nodiscard]] uint32_t maskedCount(uint32_t begin, uint32_t end) const;
    [[nodiscard]] std::vector<uint32_t> maskedSlots() const;    ///< rising
    [[nodiscard]] std::vector<PinnedSlot> pinnedSlots() const;  ///< rising, with what they hold
    [[nodiscard]] TokenId maskId() const { return maskId_; }

    void apply(const SlotEvent& event);

    friend bool operator==(const Canvas&, const Canvas&) = default;

private:
    std::vector<TokenId> tokens_;
    std::vector<uint8_t> masked_;
    std::vector<SlotRegion> regions_;
    uint32_t maskedCount_ = 0;
    TokenId maskId_ = 0;
};

}  // namespace crystallite
