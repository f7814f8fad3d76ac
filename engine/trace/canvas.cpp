#include "engine/trace/canvas.h"

#include "engine/base/assert.h"

#include <algorithm>

namespace crystallite {

Canvas::Canvas(std::span<const TokenId> prompt, uint32_t length, TokenId maskId, std::span<const PinnedSlot> pinned)
    : tokens_(prompt.begin(), prompt.end()),
      masked_(prompt.size(), 0),
      regions_(prompt.size(), SlotRegion::Prompt),
      maskedCount_(length),
      maskId_(maskId) {
    tokens_.resize(prompt.size() + length, maskId);
    masked_.resize(prompt.size() + length, 1);
    regions_.resize(prompt.size() + length, SlotRegion::Answer);
    for (const PinnedSlot& slot : pinned) {
        ENGINE_ASSERT(slot.position < size() && masked_[slot.position] != 0);
        tokens_[slot.position] = slot.id;
        masked_[slot.position] = 0;
        regions_[slot.position] = SlotRegion::Pinned;
        --maskedCount_;
    }
}

TokenId Canvas::token(uint32_t position) const {
    ENGINE_ASSERT(position < size());
    return tokens_[position];
}

bool Canvas::isMasked(uint32_t position) const {
    ENGINE_ASSERT(position < size());
    return masked_[position] != 0;
}

SlotRegion Canvas::region(uint32_t position) const {
    ENGINE_ASSERT(position < size());
    return regions_[position];
}

uint32_t Canvas::promptLength() const {
    const auto end = std::find_if(regions_.begin(), regions_.end(), [](SlotRegion region) { return region != SlotRegion::Prompt; });
    return static_cast<uint32_t>(end - regions_.begin());
}

uint32_t Canvas::maskedCount(uint32_t begin, uint32_t end) const {
    ENGINE_ASSERT(begin <= end && end <= size());
    return static_cast<uint32_t>(std::count(masked_.begin() + begin, masked_.begin() + end, uint8_t{1}));
}

std::vector<uint32_t> Canvas::maskedSlots() const {
    std::vector<uint32_t> slots;
    slots.reserve(maskedCount_);
    for (uint32_t position = 0; position < size(); ++position) {
        if (masked_[position] != 0) {
            slots.push_back(position);
        }
    }
    return slots;
}

std::vector<PinnedSlot> Canvas::pinnedSlots() const {
    std::vector<PinnedSlot> slots;
    for (uint32_t position = 0; position < size(); ++position) {
        if (regions_[position] == SlotRegion::Pinned) {
            slots.push_back({.position = position, .id = tokens_[position]});
        }
    }
    return slots;
}

void Canvas::apply(const SlotEvent& event) {
    ENGINE_ASSERT(event.position < size());
    ENGINE_ASSERT(event.before == tokens_[event.position]);
    ENGINE_ASSERT(isMasked(event.position) == (event.kind == EventKind::Commit));
    const bool masks = event.kind == EventKind::Remask;
    ENGINE_ASSERT(!masks || event.after == maskId_);

    maskedCount_ -= masked_[event.position];
    masked_[event.position] = masks ? 1 : 0;
    maskedCount_ += masked_[event.position];
    tokens_[event.position] = event.after;
}

}  // namespace crystallite
