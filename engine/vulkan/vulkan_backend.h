#pragma once

#include "engine/backend/backend.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace crystallite {

/// Every Vulkan device that openVulkanBackend() accepts, in the order of its index. Empty without a loader, driver or device.
std::vector<DeviceInfo> describeVulkanDevices();

/// The last six make a device look poorer or different than it is, so that tests reach the paths of devices that are not there.
struct VulkanOptions {
    bool validation = false;                                    ///< Khronos validation and synchronisation validation; needs the layer
    std::function<void(std::string_view)> onValidationMessage;  ///< called from any thread
    std::optional<DeviceKind> treatAs;                          ///< choose tile settings and upload path as for this kind
    bool allowSubgroups = true;
    bool allowTexels = true;
    uint64_t bindingLimitBytes = UINT64_MAX;     ///< show shaders at most this much of a buffer at once
    uint64_t allocationLimitBytes = UINT64_MAX;  ///< allocate at most this much in one piece
    bool bindBeyondViews = false;                ///< show shaders what lies after a tensor too: a stray write is done, not dropped
};

/// The operations as compute shaders on one device. Owns its Vulkan instance and device.
Result<std::unique_ptr<Backend>> openVulkanBackend(uint32_t vulkanIndex, const VulkanOptions& options = {});

}  // namespace crystallite
