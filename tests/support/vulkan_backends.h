#pragma once

#include "engine/backend/backend.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

#ifdef CRYSTALLITE_TEST_VULKAN
inline constexpr bool kVulkanIsBuilt = true;

/// "Vulkan0", … one for each Vulkan device.
std::vector<std::string> vulkanTestDevices();

/// Opened with validation and synchronisation validation on.
Result<std::unique_ptr<Backend>> openVulkanForTest(const std::string& name, std::function<void(std::string_view)> onValidationMessage);
#else
inline constexpr bool kVulkanIsBuilt = false;

inline std::vector<std::string> vulkanTestDevices() {
    return {};
}

inline Result<std::unique_ptr<Backend>> openVulkanForTest(const std::string& name,
                                                          const std::function<void(std::string_view)>& /*onValidationMessage*/) {
    return Error{ErrorKind::Unsupported, name + " needs a build with the Vulkan backend"};
}
#endif

}  // namespace crystallite
