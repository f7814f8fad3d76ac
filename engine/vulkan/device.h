#pragma once

#include "engine/backend/device_info.h"

#include <vulkan/vulkan.h>

#include <memory>

namespace crystallite {

/// Limits and abilities that decide how operations are recorded.
struct DeviceTraits {
    DeviceKind kind = DeviceKind::DiscreteGpu;
    uint64_t storageRangeBytes = 0;  ///< largest range of a buffer that one binding may show to a shader
    uint64_t storageOffsetAlignment = 0;
    uint64_t allocationBytes = 0;  ///< largest single allocation
    uint64_t texels = 0;           ///< most texels of one buffer where shaders should fetch them (decision 0029), else 0
    uint32_t subgroupLanes = 0;    ///< 0 when compute shaders lack subgroup operations of a size that can be relied on
    uint32_t timestampBits = 0;    ///< 0: no timestamps
    float nanosecondsPerTick = 0.0F;
    bool unifiedMemory = false;     ///< host and device share their memory: weights need no staging
    bool bindsBeyondViews = false;  ///< bindings go on to the end of their buffers; for tests
};

/// What a person needs to know about a device; `index` is left at 0.
DeviceInfo describe(VkPhysicalDevice physical);

/// What a device can do, without opening it.
DeviceTraits traitsOf(VkPhysicalDevice physical);

/// The logical device with its one compute queue.
class Device {
public:
    /// `traits` may promise less than traitsOf(physical). Throws GpuError.
    Device(VkPhysicalDevice physical, const DeviceTraits& traits);

    [[nodiscard]] VkDevice get() const { return device_.get(); }
    [[nodiscard]] VkQueue queue() const { return queue_; }
    [[nodiscard]] uint32_t queueFamily() const { return queueFamily_; }
    [[nodiscard]] const DeviceTraits& traits() const { return traits_; }
    [[nodiscard]] const VkPhysicalDeviceMemoryProperties& memory() const { return memory_; }
    [[nodiscard]] PFN_vkCmdPushDescriptorSetKHR pushDescriptorSet() const { return pushDescriptorSet_; }

private:
    struct DestroyDevice {
        void operator()(VkDevice device) const { vkDestroyDevice(device, nullptr); }
    };

    uint32_t queueFamily_;
    DeviceTraits traits_;
    VkPhysicalDeviceMemoryProperties memory_{};
    std::unique_ptr<std::remove_pointer_t<VkDevice>, DestroyDevice> device_;
    VkQueue queue_ = VK_NULL_HANDLE;
    PFN_vkCmdPushDescriptorSetKHR pushDescriptorSet_ = nullptr;
};

}  // namespace crystallite
