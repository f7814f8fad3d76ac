#include "engine/vulkan/device.h"

#include "engine/vulkan/check.h"
#include "engine/vulkan/instance.h"

#include <algorithm>
#include <string>
#include <vector>

namespace crystallite {
namespace {

/// Bindings start at multiples of a vec4, whatever less the device asks for.
constexpr uint64_t kVectorBytes = 16;

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

/// Lanes of a subgroup if compute shaders may use everything that shaders/lanes/subgroup.glsl needs and a pipeline can insist on the size
/// (drivers may otherwise split a workgroup into smaller subgroups), else 0.
uint32_t usableSubgroupLanes(VkPhysicalDevice physical) {
    if (!hasDeviceExtension(physical, VK_EXT_SUBGROUP_SIZE_CONTROL_EXTENSION_NAME)) {
        return 0;
    }
    VkPhysicalDeviceSubgroupSizeControlFeaturesEXT feature{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_FEATURES_EXT};
    VkPhysicalDeviceFeatures2 features{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2, .pNext = &feature};
    vkGetPhysicalDeviceFeatures2(physical, &features);

    VkPhysicalDeviceSubgroupSizeControlPropertiesEXT sizes{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_PROPERTIES_EXT};
    VkPhysicalDeviceSubgroupProperties subgroup{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES, .pNext = &sizes};
    VkPhysicalDeviceProperties2 properties{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &subgroup};
    vkGetPhysicalDeviceProperties2(physical, &properties);

    constexpr uint32_t kFewestLanes = 4;  // lanes hand round as many dimensions as weights are decoded together
    constexpr VkSubgroupFeatureFlags kNeeded =
        VK_SUBGROUP_FEATURE_BASIC_BIT | VK_SUBGROUP_FEATURE_ARITHMETIC_BIT | VK_SUBGROUP_FEATURE_BALLOT_BIT;
    const bool usable = feature.subgroupSizeControl != VK_FALSE && (sizes.requiredSubgroupSizeStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
                        (subgroup.supportedStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
                        (subgroup.supportedOperations & kNeeded) == kNeeded && subgroup.subgroupSize >= kFewestLanes;
    return usable ? subgroup.subgroupSize : 0;
}

VkDevice createDevice(VkPhysicalDevice physical, uint32_t queueFamily, bool sizedSubgroups) {
    const float priority = 1.0F;
    const VkDeviceQueueCreateInfo queue{.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
                                        .queueFamilyIndex = queueFamily,
                                        .queueCount = 1,
                                        .pQueuePriorities = &priority};
    std::vector<const char*> extensions = {VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME};
    if (sizedSubgroups) {
        extensions.push_back(VK_EXT_SUBGROUP_SIZE_CONTROL_EXTENSION_NAME);
    }
    VkPhysicalDeviceSubgroupSizeControlFeaturesEXT subgroupSize{
        .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_FEATURES_EXT, .subgroupSizeControl = VK_TRUE};
    const VkDeviceCreateInfo info{.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
                                  .pNext = sizedSubgroups ? &subgroupSize : nullptr,
                                  .queueCreateInfoCount = 1,
                                  .pQueueCreateInfos = &queue,
                                  .enabledExtensionCount = static_cast<uint32_t>(extensions.size()),
                                  .ppEnabledExtensionNames = extensions.data()};
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

DeviceTraits traitsOf(VkPhysicalDevice physical) {
    VkPhysicalDeviceMaintenance3Properties maintenance{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MAINTENANCE_3_PROPERTIES};
    VkPhysicalDeviceProperties2 properties{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &maintenance};
    vkGetPhysicalDeviceProperties2(physical, &properties);
    const VkPhysicalDeviceLimits& limits = properties.properties.limits;

    uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());

    const DeviceKind kind = kindOf(properties.properties.deviceType);
    return {.kind = kind,
            .storageRangeBytes = limits.maxStorageBufferRange,
            .storageOffsetAlignment = std::max<uint64_t>(limits.minStorageBufferOffsetAlignment, kVectorBytes),
            .allocationBytes = maintenance.maxMemoryAllocationSize,
            .texels = kind == DeviceKind::SoftwareVulkan ? limits.maxTexelBufferElements : 0,
            .subgroupLanes = usableSubgroupLanes(physical),
            .timestampBits = families[computeQueueFamily(physical)].timestampValidBits,
            .nanosecondsPerTick = limits.timestampPeriod,
            .unifiedMemory = kind == DeviceKind::IntegratedGpu || kind == DeviceKind::SoftwareVulkan};
}

Device::Device(VkPhysicalDevice physical, const DeviceTraits& traits)
    : queueFamily_(computeQueueFamily(physical)), traits_(traits), device_(createDevice(physical, queueFamily_, traits.subgroupLanes > 0)) {
    vkGetPhysicalDeviceMemoryProperties(physical, &memory_);
    vkGetDeviceQueue(get(), queueFamily_, 0, &queue_);
    pushDescriptorSet_ = reinterpret_cast<PFN_vkCmdPushDescriptorSetKHR>(vkGetDeviceProcAddr(get(), "vkCmdPushDescriptorSetKHR"));
}

}  // namespace crystallite
