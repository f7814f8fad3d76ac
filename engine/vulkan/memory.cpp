#include "engine/vulkan/memory.h"

#include "engine/base/assert.h"
#include "engine/vulkan/check.h"

#include <algorithm>
#include <string>
#include <vector>

namespace crystallite {
namespace {

constexpr VkMemoryPropertyFlags kDevice = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
constexpr VkMemoryPropertyFlags kHost = VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
constexpr VkMemoryPropertyFlags kCachedHost = kHost | VK_MEMORY_PROPERTY_HOST_CACHED_BIT;

/// Wanted properties, best first. Vulkan guarantees a type with kHost and one with kDevice.
std::vector<VkMemoryPropertyFlags> preferencesFor(MemoryPlace place) {
    switch (place) {
        case MemoryPlace::Activations:
        case MemoryPlace::Weights: return {kDevice};
        case MemoryPlace::Upload: return {kDevice | kHost, kHost};
        case MemoryPlace::Readback: return {kCachedHost, kHost};
        case MemoryPlace::SharedWeights: return {kDevice | kHost, kHost};
    }
    ENGINE_ASSERT(false);
}

bool isHostVisible(MemoryPlace place) {
    return place != MemoryPlace::Activations && place != MemoryPlace::Weights;
}

uint32_t memoryTypeFor(const VkPhysicalDeviceMemoryProperties& memory, uint32_t allowedTypes, MemoryPlace place) {
    for (const VkMemoryPropertyFlags wanted : preferencesFor(place)) {
        for (uint32_t i = 0; i < memory.memoryTypeCount; ++i) {
            if ((allowedTypes & (1U << i)) != 0 && (memory.memoryTypes[i].propertyFlags & wanted) == wanted) {
                return i;
            }
        }
    }
    throw GpuError({ErrorKind::Unsupported, "the Vulkan driver offers no memory type for this kind of buffer; choose another device."});
}

BufferHandle createBuffer(const Device& device, uint64_t bytes) {
    if (bytes > device.traits().allocationBytes) {
        throw GpuError({ErrorKind::OutOfMemory, "a buffer of " + std::to_string(bytes >> 20) + " MiB was asked for, the device allows " +
                                                    std::to_string(device.traits().allocationBytes >> 20) +
                                                    " MiB in one piece; take a smaller model or a shorter canvas."});
    }
    const VkBufferCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
        .size = std::max<uint64_t>((bytes + 3) / 4 * 4, 4),  // whole words, which shaders read
        .usage = (device.traits().texels > 0 ? VkBufferUsageFlags{VK_BUFFER_USAGE_UNIFORM_TEXEL_BUFFER_BIT} : 0U) |
                 VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT};
    VkBuffer buffer = VK_NULL_HANDLE;
    check(vkCreateBuffer(device.get(), &info, nullptr, &buffer), "vkCreateBuffer");
    return {device.get(), buffer};
}

MemoryHandle allocateFor(const Device& device, VkBuffer buffer, MemoryPlace place) {
    VkMemoryRequirements needs{};
    vkGetBufferMemoryRequirements(device.get(), buffer, &needs);
    const VkMemoryAllocateInfo info{.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
                                    .allocationSize = needs.size,
                                    .memoryTypeIndex = memoryTypeFor(device.memory(), needs.memoryTypeBits, place)};
    VkDeviceMemory memory = VK_NULL_HANDLE;
    const std::string what = "allocating " + std::to_string(needs.size >> 20) + " MiB on the device";
    check(vkAllocateMemory(device.get(), &info, nullptr, &memory), what.c_str());
    return {device.get(), memory};
}

BufferViewHandle createView(const Device& device, VkBuffer buffer, VkFormat format) {
    const VkBufferViewCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_BUFFER_VIEW_CREATE_INFO, .buffer = buffer, .format = format, .range = VK_WHOLE_SIZE};
    VkBufferView view = VK_NULL_HANDLE;
    check(vkCreateBufferView(device.get(), &info, nullptr, &view), "vkCreateBufferView");
    return {device.get(), view};
}

}  // namespace

MemoryPlace placeOf(MemoryUse use) {
    switch (use) {
        case MemoryUse::Activations: return MemoryPlace::Activations;
        case MemoryUse::Upload: return MemoryPlace::Upload;
        case MemoryUse::Readback: return MemoryPlace::Readback;
    }
    ENGINE_ASSERT(false);
}

VulkanBuffer::VulkanBuffer(const Device& device, uint64_t bytes, MemoryPlace place) : bytes_(bytes) {
    buffer_ = createBuffer(device, bytes);
    memory_ = allocateFor(device, buffer_.get(), place);
    check(vkBindBufferMemory(device.get(), buffer_.get(), memory_.get(), 0), "vkBindBufferMemory");
    if ((bytes + 3) / 4 <= device.traits().texels) {
        floats_ = createView(device, get(), VK_FORMAT_R32_SFLOAT);
        words_ = createView(device, get(), VK_FORMAT_R32_UINT);
    }
    if (isHostVisible(place)) {
        void* mapped = nullptr;
        check(vkMapMemory(device.get(), memory_.get(), 0, VK_WHOLE_SIZE, 0, &mapped), "vkMapMemory");
        host_ = {static_cast<std::byte*>(mapped), static_cast<size_t>(bytes)};
    }
}

const VulkanBuffer& vulkanBuffer(const Buffer* buffer) {
    const auto* own = dynamic_cast<const VulkanBuffer*>(buffer);
    ENGINE_ASSERT(own != nullptr);
    return *own;
}

}  // namespace crystallite
