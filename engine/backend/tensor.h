#pragma once

#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace crystallite {

/// What a buffer is for; decides where a backend places it.
enum class MemoryUse {
    Activations,  ///< read and written by operations only
    Upload,       ///< written by the host between passes, read by operations
    Readback,     ///< written by operations, read by the host between passes
};

/// Memory owned by a backend. Borrowed by Tensor and IndexView; must outlive them and every pass that names it.
class Buffer {
public:
    Buffer() = default;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    virtual ~Buffer() = default;

    [[nodiscard]] virtual uint64_t bytes() const = 0;
    /// Host view of an Upload or Readback buffer, valid between passes; empty for Activations.
    [[nodiscard]] virtual std::span<std::byte> hostBytes() = 0;
};

/// A row-major matrix in device memory: a view, cheap to copy. Activations are always F32.
struct Tensor {
    const Buffer* buffer = nullptr;
    uint64_t offsetBytes = 0;
    WeightFormat format = WeightFormat::F32;
    uint32_t rows = 0;
    uint32_t columns = 0;
    uint32_t rowStride = 0;  ///< elements from one row to the next; >= columns

    /// Rows [first, first + count).
    [[nodiscard]] Tensor rowRange(uint32_t first, uint32_t count) const;
    /// Columns [first, first + count) of every row; F32 only.
    [[nodiscard]] Tensor columnRange(uint32_t first, uint32_t count) const;
};

/// A dense F32 matrix at `offsetBytes` of `buffer`.
Tensor denseTensor(const Buffer& buffer, uint32_t rows, uint32_t columns, uint64_t offsetBytes = 0);

/// A list of u32 (token ids, row numbers, positions) in device memory.
struct IndexView {
    const Buffer* buffer = nullptr;
    uint64_t offsetBytes = 0;
    uint32_t count = 0;
};

}  // namespace crystallite
