#include "engine/model/kv_store.h"

#include "engine/base/assert.h"
#include "engine/model/activations.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace crystallite {

uint64_t KvStore::bytesFor(uint32_t layers, uint32_t rowWidth, uint32_t slots) {
    return uint64_t{2} * layers * rowWidth * slots * sizeof(float);
}

Result<void> KvStore::reserve(uint32_t slots) {
    ENGINE_ASSERT(!writing_);
    if (slots <= slots_) {
        return {};
    }
    Result<void> grown = growLayers(slots);
    if (!grown) {
        // Some layers may be longer than others now.
        layers_ = std::vector<Layer>(layers_.size());
        slots_ = 0;
        rows_ = 0;
        return grown;
    }
    slots_ = slots;
    return {};
}

Result<void> KvStore::growLayers(uint32_t slots) {
    std::unique_ptr<Buffer> numbers;
    if (rows_ > 0) {
        auto allocated = backend_.allocate(uint64_t{rows_} * sizeof(uint32_t), MemoryUse::Upload);
        if (!allocated) {
            return allocated.error();
        }
        numbers = std::move(*allocated);
        std::vector<uint32_t> held(rows_);
        std::iota(held.begin(), held.end(), 0U);
        writeWords(*numbers, held);
    }
    for (Layer& layer : layers_) {
        for (std::unique_ptr<Buffer>* const buffer : {&layer.keys, &layer.values}) {
            if (Result<void> grown = grow(*buffer, slots, {.buffer = numbers.get(), .count = rows_}); !grown) {
                return grown;
            }
        }
    }
    return {};
}

/// One buffer at a time, so that no more than one is there twice.
Result<void> KvStore::grow(std::unique_ptr<Buffer>& buffer, uint32_t slots, const IndexView& held) {
    auto larger = backend_.allocate(uint64_t{slots} * rowWidth_ * sizeof(float), MemoryUse::Activations);
    if (!larger) {
        return larger.error();
    }
    if (held.count > 0) {
        const Tensor from = rowsOf(buffer, 0, held.count);
        const Tensor to = denseTensor(**larger, held.count, rowWidth_);
        const auto copied = backend_.run([&](Pass& pass) { pass.gatherRows({.x = from, .rows = held, .out = to}); }, {});
        if (!copied) {
            return copied;
        }
    }
    buffer = std::move(*larger);
    return {};
}

void KvStore::beginPass(uint64_t owner, uint32_t begin, uint32_t end, uint32_t seen) {
    ENGINE_ASSERT(!writing_ && begin < end && end <= seen && seen <= slots_);
    const uint32_t held = owner == owner_ ? rows_ : 0;
    ENGINE_ASSERT(begin <= held && seen <= std::max(held, end));
    owner_ = owner;
    rows_ = 0;
    writing_ = Writing{.end = end, .kept = std::min(held, seen)};
}

void KvStore::endPass() {
    ENGINE_ASSERT(writing_);
    rows_ = std::max(writing_->end, writing_->kept);
    writing_.reset();
}

void KvStore::truncate(uint32_t rows) {
    writing_.reset();
    rows_ = std::min(rows_, rows);
}

Tensor KvStore::keys(uint32_t layer, uint32_t first, uint32_t count) const {
    return rowsOf(layers_.at(layer).keys, first, count);
}

Tensor KvStore::values(uint32_t layer, uint32_t first, uint32_t count) const {
    return rowsOf(layers_.at(layer).values, first, count);
}

Tensor KvStore::rowsOf(const std::unique_ptr<Buffer>& buffer, uint32_t first, uint32_t count) const {
    ENGINE_ASSERT(buffer != nullptr);
    return denseTensor(*buffer, slots_, rowWidth_).rowRange(first, count);
}

}  // namespace crystallite
