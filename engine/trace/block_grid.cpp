#include "engine/trace/block_grid.h"

#include "engine/base/assert.h"

#include <algorithm>

namespace crystallite {

BlockGrid::BlockGrid(const DecodeSettings& settings, uint32_t promptLength)
    : length_(settings.effectiveBlockLength()), prompt_(promptLength), text_(promptLength + settings.length) {
    ENGINE_ASSERT(length_ > 0 && settings.length > 0);
    const bool isOfText = settings.blockAnchor == BlockAnchor::Text;
    shift_ = isOfText ? settings.blockOffset : (length_ - promptLength % length_) % length_;
    first_ = indexOf(promptLength);
}

uint32_t BlockGrid::blockOf(uint32_t position) const {
    ENGINE_ASSERT(indexOf(position) >= first_);
    return static_cast<uint32_t>(indexOf(position) - first_);
}

uint32_t BlockGrid::begin(uint32_t block) const {
    const uint64_t border = (first_ + block) * length_;
    return static_cast<uint32_t>(std::clamp<uint64_t>(border < shift_ ? 0 : border - shift_, prompt_, text_));
}

uint32_t BlockGrid::end(uint32_t block) const {
    return begin(block + 1);
}

uint32_t BlockGrid::borderBefore(uint32_t position) const {
    const uint64_t border = indexOf(position) * length_;
    return static_cast<uint32_t>(border < shift_ ? 0 : border - shift_);
}

uint32_t BlockGrid::borderBehind(uint32_t position) const {
    return static_cast<uint32_t>(std::min<uint64_t>((indexOf(position) + 1) * length_ - shift_, text_));
}

}  // namespace crystallite
