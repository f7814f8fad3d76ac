#pragma once

#include "engine/backend/tensor.h"
#include "engine/vulkan/device.h"
#include "engine/vulkan/handle.h"

namespace crystallite {

/// What a buffer holds, as far as placing it matters. The first three follow MemoryUse.
enum class MemoryPlace {
    Activations,
    Upload,
    Readback,
    Weights,        ///< device memory, filled by copies
    SharedWeights,  ///< device memory that the host writes directly
};

MemoryPlace placeOf(MemoryUse use);

/// One VkBuffer with memory of its own: an arena that tensors and views share. Host-visible kinds stay mapped and are coherent, so that
/// neither flush nor invalidate is needed.
class VulkanBuffer final : public Buffer {
public:
    /// Contents are undefined. Throws GpuError when the memory does not suffice.
    VulkanBuffer(const Device& device, uint64_t bytes, MemoryPlace place);

    [[nodiscard]] uint64_t bytes() const override { return bytes_; }
    [[nodiscard]] std::span<std::byte> hostBytes() override { return host_; }
    [[nodiscard]] VkBuffer get() const { return buffer_.get(); }
    /// All of the buffer as texels of one f32 or one 32-bit word; null where the device does not want them or the buffer is too large.
    [[nodiscard]] VkBufferView floats() const { return floats_.get(); }
    [[nodiscard]] VkBufferView words() const { return words_.get(); }

private:
    uint64_t bytes_;
    MemoryHandle memory_;  // above the buffer that is bound to it
    BufferHandle buffer_;
    BufferViewHandle floats_;
    BufferViewHandle words_;
    std::span<std::byte> host_;
};

/// The buffer behind a view that this backend handed out.
const VulkanBuffer& vulkanBuffer(const Buffer* buffer);

}  // namespace crystallite
