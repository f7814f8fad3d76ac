#pragma once

#include "engine/text/tokenizer_data.h"
#include "engine/trace/step_record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crystallite {

enum class SlotRegion : uint8_t {
    Prompt,  ///< given, in front of every open slot
    Answer,  ///< open at first
    Pinned,  ///< given among the open slots: text around a gap, a cell of a puzzle, a word that a person pinned
    Room,    ///< no part of the text: behind it, where it can grow
};

struct PinnedSlot {
    uint32_t position = 0;
    TokenId id = 0;
    friend bool operator==(const PinnedSlot&, const PinnedSlot&) = default;
};

/// The tokens of a run. Whether a slot is masked is kept beside the ids: some models' mask id is an ordinary word.
///
/// The number of slots never changes. A text that may grow or shrink ends before them: what is inserted pushes the later slots right and
/// takes one from the room behind the text, what is deleted gives one back. Each slot has a key that moves with it.
class Canvas {
public:
    Canvas() = default;
    /// `prompt`, then `length` slots of which those in `pinned` (rising) are given and the others masked, then `room`.
    Canvas(std::span<const TokenId> prompt, uint32_t length, TokenId maskId, std::span<const PinnedSlot> pinned = {}, uint32_t room = 0);

    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(tokens_.size()); }
    [[nodiscard]] uint32_t room() const { return room_; }                      ///< slots behind the text
    [[nodiscard]] uint32_t textLength() const { return size() - room_; }       ///< slots of the text: prompt and answer
    [[nodiscard]] uint32_t promptLength() const;                               ///< leading slots of region Prompt
    [[nodiscard]] std::span<const TokenId> tokens() const { return tokens_; }  ///< of every slot; the room holds masks
    [[nodiscard]] std::span<const TokenId> text() const { return tokens().first(textLength()); }
    [[nodiscard]] uint32_t key(uint32_t position) const;  ///< of the slot that stands at `position`; no other slot of the run has it
    /// Where the slot with this key stands, if it is on the canvas.
    [[nodiscard]] std::optional<uint32_t> positionOf(uint32_t key) const;
    [[nodiscard]] uint32_t keys() const { return nextKey_; }  ///< how many slots there have been
    [[nodiscard]] TokenId token(uint32_t position) const;
    [[nodiscard]] bool isMasked(uint32_t position) const;
    [[nodiscard]] SlotRegion region(uint32_t position) const;
    [[nodiscard]] uint32_t maskedCount() const { return maskedCount_; }
    [[nodiscard]] uint32_t maskedCount(uint32_t begin, uint32_t end) const;
    [[nodiscard]] std::vector<uint32_t> maskedSlots() const;    ///< rising
    [[nodiscard]] std::vector<PinnedSlot> pinnedSlots() const;  ///< rising, with what they hold
    [[nodiscard]] TokenId maskId() const { return maskId_; }

    /// Whether the event fits what the slot holds; apply() takes no other.
    [[nodiscard]] bool admits(const SlotEvent& event) const;
    void apply(const SlotEvent& event);

    friend bool operator==(const Canvas&, const Canvas&) = default;

private:
    [[nodiscard]] bool holdsAnswer(uint32_t position) const;  ///< a token that is neither prompt nor pinned
    void insertMask(uint32_t position);
    void remove(uint32_t position);

    std::vector<TokenId> tokens_;
    std::vector<uint8_t> masked_;
    std::vector<SlotRegion> regions_;
    std::vector<uint32_t> keys_;
    uint32_t maskedCount_ = 0;
    uint32_t room_ = 0;
    uint32_t nextKey_ = 0;
    TokenId maskId_ = 0;
};

}  // namespace crystallite
