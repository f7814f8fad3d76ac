#include "engine/trace/canvas.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <numeric>

namespace crystallite {

Canvas::Canvas(std::span<const TokenId> prompt, uint32_t length, TokenId maskId, std::span<const PinnedSlot> pinned, uint32_t room)
    : tokens_(prompt.begin(), prompt.end()),
      masked_(prompt.size(), 0),
      regions_(prompt.size(), SlotRegion::Prompt),
      maskedCount_(length),
      room_(room),
      maskId_(maskId) {
    const size_t text = prompt.size() + length;
    tokens_.resize(text + room, maskId);
    masked_.resize(text, 1);
    masked_.resize(text + room, 0);
    regions_.resize(text, SlotRegion::Answer);
    regions_.resize(text + room, SlotRegion::Room);
    for (const PinnedSlot& slot : pinned) {
        ENGINE_ASSERT(slot.position < size() && masked_[slot.position] != 0);
        tokens_[slot.position] = slot.id;
        masked_[slot.position] = 0;
        regions_[slot.position] = SlotRegion::Pinned;
        --maskedCount_;
    }
    keys_.resize(size());
    std::iota(keys_.begin(), keys_.end(), 0U);
    nextKey_ = size();
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

uint32_t Canvas::key(uint32_t position) const {
    ENGINE_ASSERT(position < size());
    return keys_[position];
}

std::optional<uint32_t> Canvas::positionOf(uint32_t key) const {
    // Where nothing was inserted or deleted, which is nearly everywhere, the key is the position.
    if (key < size() && keys_[key] == key) {
        return key;
    }
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    return found == keys_.end() ? std::nullopt : std::optional(static_cast<uint32_t>(found - keys_.begin()));
}

bool Canvas::holdsAnswer(uint32_t position) const {
    return regions_[position] == SlotRegion::Answer && masked_[position] == 0;
}

bool Canvas::admits(const SlotEvent& event) const {
    if (event.kind == EventKind::Insert) {
        // Behind the text too, but not inside the prompt.
        return room_ > 0 && event.position <= textLength() && event.position >= promptLength() && event.before == maskId_ &&
               event.after == maskId_;
    }
    if (event.position >= textLength() || event.before != tokens_[event.position]) {
        return false;
    }
    switch (event.kind) {
        case EventKind::Commit: return isMasked(event.position);
        case EventKind::Edit: return holdsAnswer(event.position);
        case EventKind::Remask: return holdsAnswer(event.position) && event.after == maskId_;
        case EventKind::Delete: return regions_[event.position] == SlotRegion::Answer && event.after == maskId_;
        case EventKind::Pin: return holdsAnswer(event.position) && event.after == event.before;
        case EventKind::Unpin: return regions_[event.position] == SlotRegion::Pinned && event.after == event.before;
        case EventKind::Prefer: return isMasked(event.position) && event.after == maskId_;
        case EventKind::Insert: break;
    }
    return false;
}

void Canvas::apply(const SlotEvent& event) {
    ENGINE_ASSERT(admits(event));
    if (event.kind == EventKind::Insert) {
        insertMask(event.position);
        return;
    }
    if (event.kind == EventKind::Delete) {
        remove(event.position);
        return;
    }
    if (leavesText(event.kind)) {
        SlotRegion& region = regions_[event.position];
        region = event.kind == EventKind::Pin ? SlotRegion::Pinned : event.kind == EventKind::Unpin ? SlotRegion::Answer : region;
        return;
    }
    maskedCount_ -= masked_[event.position];
    masked_[event.position] = event.kind == EventKind::Remask ? 1 : 0;
    maskedCount_ += masked_[event.position];
    tokens_[event.position] = event.after;
}

/// The last slot of the room makes place for it.
void Canvas::insertMask(uint32_t position) {
    const auto insert = [position](auto& values, auto value) {
        values.pop_back();
        values.insert(values.begin() + position, value);
    };
    insert(tokens_, maskId_);
    insert(masked_, uint8_t{1});
    insert(regions_, SlotRegion::Answer);
    insert(keys_, nextKey_++);
    ++maskedCount_;
    --room_;
}

void Canvas::remove(uint32_t position) {
    maskedCount_ -= masked_[position];
    const auto drop = [position](auto& values, auto last) {
        values.erase(values.begin() + position);
        values.push_back(last);
    };
    drop(tokens_, maskId_);
    drop(masked_, uint8_t{0});
    drop(regions_, SlotRegion::Room);
    drop(keys_, nextKey_++);
    ++room_;
}

}  // namespace crystallite
