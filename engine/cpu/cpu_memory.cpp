#include "engine/cpu/cpu_memory.h"

#include "engine/base/assert.h"
#include "engine/cpu/cpu_info.h"

#include <cstdlib>
#include <cstring>
#include <string>

namespace crystallite {
namespace {

/// A cache line, and the widest vector.
constexpr size_t kAlignment = 64;

constexpr uint64_t kBytesPerMegabyte = 1'000'000;

const CpuMemory& memoryOf(const Buffer* buffer) {
    ENGINE_ASSERT(buffer != nullptr);
    return static_cast<const CpuMemory&>(*buffer);
}

/// First byte of a row, after checking that the whole tensor lies in its buffer.
uint64_t rowOffset(const Tensor& tensor, uint32_t row, uint64_t bufferBytes) {
    ENGINE_ASSERT(row < tensor.rows && tensor.columns <= tensor.rowStride);
    const uint64_t stride = rowBytes(tensor.format, tensor.rowStride);
    ENGINE_ASSERT(tensor.offsetBytes + (tensor.rows - 1) * stride + rowBytes(tensor.format, tensor.columns) <= bufferBytes);
    return tensor.offsetBytes + row * stride;
}

}  // namespace

Result<std::unique_ptr<CpuMemory>> CpuMemory::allocate(uint64_t bytes, MemoryUse use) {
    // Asked first: the operating system promises more than it has, and ends the program when the promise is called in.
    const uint64_t available = availableMemoryBytes();
    Owned owned;
    if (bytes <= available) {
        owned.reset(static_cast<std::byte*>(std::aligned_alloc(kAlignment, (bytes + kAlignment) / kAlignment * kAlignment)));
    }
    if (owned == nullptr) {
        return Error{ErrorKind::OutOfMemory, "The CPU backend needs " + std::to_string(bytes / kBytesPerMegabyte) +
                                                 " MB of memory and this machine has " + std::to_string(available / kBytesPerMegabyte) +
                                                 " MB free; close other programs or use a shorter canvas or a smaller model."};
    }
    std::memset(owned.get(), 0, bytes);
    const std::span<const std::byte> readable(owned.get(), bytes);
    return std::unique_ptr<CpuMemory>(new CpuMemory(std::move(owned), readable, use));
}

std::unique_ptr<CpuMemory> CpuMemory::borrow(StoredBytes mapped) {
    return std::unique_ptr<CpuMemory>(new CpuMemory(nullptr, std::move(mapped), MemoryUse::Activations));
}

CpuMemory::CpuMemory(Owned owned, StoredBytes readable, MemoryUse use)
    : owned_(std::move(owned)), readable_(std::move(readable)), use_(use) {}

void CpuMemory::Free::operator()(void* memory) const {
    std::free(memory);
}

std::span<std::byte> CpuMemory::hostBytes() {
    return use_ == MemoryUse::Activations ? std::span<std::byte>() : writable();
}

std::span<std::byte> CpuMemory::writable() const {
    ENGINE_ASSERT(owned_ != nullptr);
    return {owned_.get(), readable_.size()};
}

const std::byte* storedRow(const Tensor& tensor, uint32_t row) {
    const StoredBytes& memory = memoryOf(tensor.buffer).readable();
    return memory.at(rowOffset(tensor, row, memory.size()));
}

const float* floatsOf(const Tensor& tensor, uint32_t row) {
    ENGINE_ASSERT(tensor.format == WeightFormat::F32);
    return reinterpret_cast<const float*>(storedRow(tensor, row));
}

float* writableFloatsOf(const Tensor& tensor, uint32_t row) {
    ENGINE_ASSERT(tensor.format == WeightFormat::F32);
    const std::span<std::byte> memory = memoryOf(tensor.buffer).writable();
    return reinterpret_cast<float*>(memory.data() + rowOffset(tensor, row, memory.size()));
}

std::span<const uint32_t> indicesOf(const IndexView& view) {
    if (view.count == 0) {
        return {};
    }
    const std::span<const std::byte> memory = memoryOf(view.buffer).readable().whole();
    ENGINE_ASSERT(view.offsetBytes % sizeof(uint32_t) == 0 && view.offsetBytes + view.count * sizeof(uint32_t) <= memory.size());
    return {reinterpret_cast<const uint32_t*>(memory.data() + view.offsetBytes), view.count};
}

std::span<std::byte> writableBytes(const Buffer& buffer, uint64_t offsetBytes, uint64_t bytes) {
    ENGINE_ASSERT(offsetBytes + bytes <= buffer.bytes());
    return memoryOf(&buffer).writable().subspan(offsetBytes, bytes);
}

}  // namespace crystallite
