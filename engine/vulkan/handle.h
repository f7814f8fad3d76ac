#pragma once

#include <vulkan/vulkan.h>

#include <utility>

namespace crystallite {

/// Owns one object of a VkDevice; empty after a move. The device must outlive it: declare handles below the Device they borrow.
template <typename Object, void(VKAPI_PTR* destroy)(VkDevice, Object, const VkAllocationCallbacks*)>
class DeviceHandle {
public:
    DeviceHandle() = default;
    DeviceHandle(VkDevice device, Object object) : device_(device), object_(object) {}
    DeviceHandle(DeviceHandle&& other) noexcept
        : device_(std::exchange(other.device_, VK_NULL_HANDLE)), object_(std::exchange(other.object_, VK_NULL_HANDLE)) {}
    DeviceHandle& operator=(DeviceHandle&& other) noexcept {
        DeviceHandle taken(std::move(other));
        std::swap(device_, taken.device_);
        std::swap(object_, taken.object_);
        return *this;
    }
    DeviceHandle(const DeviceHandle&) = delete;
    DeviceHandle& operator=(const DeviceHandle&) = delete;
    ~DeviceHandle() {
        if (object_ != VK_NULL_HANDLE) {
            destroy(device_, object_, nullptr);
        }
    }

    [[nodiscard]] Object get() const { return object_; }

private:
    VkDevice device_ = VK_NULL_HANDLE;
    Object object_ = VK_NULL_HANDLE;
};

using BufferViewHandle = DeviceHandle<VkBufferView, vkDestroyBufferView>;
using BufferHandle = DeviceHandle<VkBuffer, vkDestroyBuffer>;
using MemoryHandle = DeviceHandle<VkDeviceMemory, vkFreeMemory>;
using ShaderModuleHandle = DeviceHandle<VkShaderModule, vkDestroyShaderModule>;
using SetLayoutHandle = DeviceHandle<VkDescriptorSetLayout, vkDestroyDescriptorSetLayout>;
using PipelineLayoutHandle = DeviceHandle<VkPipelineLayout, vkDestroyPipelineLayout>;
using PipelineHandle = DeviceHandle<VkPipeline, vkDestroyPipeline>;
using PipelineCacheHandle = DeviceHandle<VkPipelineCache, vkDestroyPipelineCache>;
using CommandPoolHandle = DeviceHandle<VkCommandPool, vkDestroyCommandPool>;
using FenceHandle = DeviceHandle<VkFence, vkDestroyFence>;
using QueryPoolHandle = DeviceHandle<VkQueryPool, vkDestroyQueryPool>;

}  // namespace crystallite
