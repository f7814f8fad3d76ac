#include "engine/vulkan/device.h"

#include "engine/vulkan/check.h"
#include "engine/vulkan/instance.h"

#include <algorithm>
#include <string>
#include <vector>

namespace crystallite {
namespace {

DeviceKind kindOf(VkPhysicalDeviceType type) {
    switch (type) {
        case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU: return DeviceKind::DiscreteGpu;
        case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU: return DeviceKind::IntegratedGpu;
        case VK_PHYSICAL_DEVICE_TYPE_CPU: return DeviceKind::SoftwareVulkan;
        default: return DeviceKind::VirtualGpu;
    }
}

std::string versionText(uint32_t version) {
    return std::to_string(VK_API_VERSION_MAJOR(version)) + "." + std::to_string(VK_API_VERSION_MINOR(version)) + "." +
           std::to_string(VK_API_VERSION_PATCH(version));
}

std::vector<MemoryHeap> heapsOf(VkPhysicalDevice physical) {
    const bool hasBudget = hasDeviceExtension(physical, VK_EXT_MEMORY_BUDGET_EXTENSION_NAME);
    VkPhysicalDeviceMemoryBudgetPropertiesEXT budget{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_BUDGET_PROPERTIES_EXT};
    VkPhysicalDeviceMemoryProperties2 memory{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_PROPERTIES_2,
                                             .pNext = hasBudget ? &budget : nullptr};
    vkGetPhysicalDeviceMemoryProperties2(physical, &memory);

    std::vector<MemoryHeap> heaps;
    for (uint32_t i = 0; i < memory.memoryProperties.memoryHeapCount; ++i) {
        const VkMemoryHeap& heap = memory.memoryProperties.memoryHeaps[i];
        heaps.push_back({.bytes = heap.size,
                         .budgetBytes = hasBudget ? budget.heapBudget[i] : heap.size,
                         .deviceLocal = (heap.flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0});
    }
    return heaps;
}

/// Lanes of a subgroup if compute shaders may use everything that shaders/lanes/subgroup.glsl needs, else 0.
uint32_t usableSubgroupLanes(const VkPhysicalDeviceVulkan11Properties& properties) {
    constexpr VkSubgroupFeatureFlags kNeeded =
        VK_SUBGROUP_FEATURE_BASIC_BIT | VK_SUBGROUP_FEATURE_ARITHMETIC_BIT | VK_SUBGROUP_FEATURE_BALLOT_BIT;
    const bool usable = (properties.subgroupSupportedStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
                        (properties.subgroupSupportedOperations & kNeeded) == kNeeded && properties.subgroupSize >= 4;
    return usable ? properties.subgroupSize : 0;
}

DeviceTraits traitsOf(VkPhysicalDevice physical, uint32_t queueFamily) {
    VkPhysicalDeviceVulkan11Properties eleven{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_PROPERTIES};
    VkPhysicalDeviceProperties2 properties{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &eleven};
    vkGetPhysicalDeviceProperties2(physical, &properties);
    const VkPhysicalDeviceLimits& limits = properties.properties.limits;

    uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());

    const DeviceKind kind = kindOf(properties.properties.deviceType);
    return {.storageRangeBytes = limits.maxStorageBufferRange,
            .storageOffsetAlignment = std::max<uint64_t>(limits.minStorageBufferOffsetAlignment, 16),
            .allocationBytes = eleven.maxMemoryAllocationSize,
            .subgroupLanes = usableSubgroupLanes(eleven),
            .timestampBits = families[queueFamily].timestampValidBits,
            .nanosecondsPerTick = limits.timestampPeriod,
            .unifiedMemory = kind == DeviceKind::IntegratedGpu || kind == DeviceKind::SoftwareVulkan};
}

VkDevice createDevice(VkPhysicalDevice physical, uint32_t queueFamily) {
    const float priority = 1.0F;
    const VkDeviceQueueCreateInfo queue{.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
                                        .queueFamilyIndex = queueFamily,
                                        .queueCount = 1,
                                        .pQueuePriorities = &priority};
    const char* const extension = VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME;
    const VkDeviceCreateInfo info{.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
                                  .queueCreateInfoCount = 1,
                                  .pQueueCreateInfos = &queue,
                                  .enabledExtensionCount = 1,
                                  .ppEnabledExtensionNames = &extension};
    VkDevice device = VK_NULL_HANDLE;
    check(vkCreateDevice(physical, &info, nullptr, &device), "vkCreateDevice");
    return device;
}

}  // namespace

DeviceInfo describe(VkPhysicalDevice physical) {
    VkPhysicalDeviceDriverProperties driver{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES};
    VkPhysicalDeviceProperties2 properties{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &driver};
    vkGetPhysicalDeviceProperties2(physical, &properties);
    return {.name = properties.properties.deviceName,
            .kind = kindOf(properties.properties.deviceType),
            .driver = std::string(driver.driverName) + ", " + driver.driverInfo,
            .apiVersion = versionText(properties.properties.apiVersion),
            .heaps = heapsOf(physical)};
}

Device::Device(VkPhysicalDevice physical)
    : queueFamily_(computeQueueFamily(physical)),
      traits_(traitsOf(physical, queueFamily_)),
      device_(createDevice(physical, queueFamily_)) {
    vkGetPhysicalDeviceMemoryProperties(physical, &memory_);
    vkGetDeviceQueue(get(), queueFamily_, 0, &queue_);
    pushDescriptorSet_ = reinterpret_cast<PFN_vkCmdPushDescriptorSetKHR>(vkGetDeviceProcAddr(get(), "vkCmdPushDescriptorSetKHR"));
}

}  // namespace crystallite
