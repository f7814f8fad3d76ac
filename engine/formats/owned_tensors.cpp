#include "engine/formats/owned_tensors.h"

#include "engine/base/assert.h"

#include <new>

namespace crystallite {

std::byte* OwnedTensors::add(uint64_t bytes) {
    memory_.push_back({.start = std::shared_ptr<std::byte[]>(new (std::nothrow) std::byte[bytes]), .bytes = bytes});
    return memory_.back().start.get();
}

uint64_t OwnedTensors::bytes() const {
    uint64_t sum = 0;
    for (const Memory& memory : memory_) {
        sum += memory.bytes;
    }
    return sum;
}

void OwnedTensors::release(std::vector<StoredTensor>& tensors, const ModelSource::TensorFilter& isDone) {
    ENGINE_ASSERT(tensors.size() == memory_.size());
    for (size_t i = 0; i < tensors.size(); ++i) {
        if (memory_[i].start != nullptr && isDone(tensors[i])) {
            tensors[i].bytes = {};
            memory_[i] = {};
        }
    }
}

}  // namespace crystallite
