#pragma once

#include "engine/formats/model_source.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace crystallite {

/// The memory of tensors that a source had to put together, in the order of its tensors; null where a tensor is mapped.
class OwnedTensors {
public:
    /// Room for the next tensor. Not initialised, which would write every byte twice; null when there is not that much memory.
    std::byte* add(uint64_t bytes);
    /// The next tensor is mapped.
    void addMapped() { memory_.push_back({}); }
    [[nodiscard]] uint64_t bytes() const;
    /// Gives up the memory of those that are done and takes their bytes from `tensors`, which are the tensors of this memory. What copies
    /// of this object hold they keep.
    void release(std::vector<StoredTensor>& tensors, const ModelSource::TensorFilter& isDone);

private:
    struct Memory {
        std::shared_ptr<std::byte[]> start;
        uint64_t bytes = 0;
    };
    std::vector<Memory> memory_;
};

}  // namespace crystallite
