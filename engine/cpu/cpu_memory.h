#pragma once

#include "engine/backend/tensor.h"
#include "engine/base/result.h"
#include "engine/formats/stored_bytes.h"

#include <memory>

namespace crystallite {

/// Memory that the operations of the CPU backend can reach: zero-filled pages of their own, or the pages of a mapped file.
class CpuMemory final : public Buffer {
public:
    /// OutOfMemory when the machine has not that much to give.
    static Result<std::unique_ptr<CpuMemory>> allocate(uint64_t bytes, MemoryUse use);
    /// Read-only; `mapped` must outlive the object.
    static std::unique_ptr<CpuMemory> borrow(StoredBytes mapped);

    [[nodiscard]] uint64_t bytes() const override { return readable_.size(); }
    [[nodiscard]] std::span<std::byte> hostBytes() override;

    [[nodiscard]] const StoredBytes& readable() const { return readable_; }
    /// Not for borrowed memory.
    [[nodiscard]] std::span<std::byte> writable() const;

private:
    struct Free {
        void operator()(void* memory) const;
    };
    using Owned = std::unique_ptr<std::byte, Free>;

    CpuMemory(Owned owned, StoredBytes readable, MemoryUse use);

    Owned owned_;  // null when borrowed
    StoredBytes readable_;
    MemoryUse use_;
};

/// The stored bytes of one row of a tensor that any CPU operation reads; the rows behind it follow, up to the end of its piece.
const std::byte* storedRow(const Tensor& tensor, uint32_t row);
/// One row of an F32 tensor.
const float* floatsOf(const Tensor& tensor, uint32_t row = 0);
float* writableFloatsOf(const Tensor& tensor, uint32_t row = 0);
std::span<const uint32_t> indicesOf(const IndexView& view);
std::span<std::byte> writableBytes(const Buffer& buffer, uint64_t offsetBytes, uint64_t bytes);

}  // namespace crystallite
