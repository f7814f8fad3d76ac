#include "engine/vulkan/check.h"

#include <string>

namespace crystallite {
namespace {

const char* nameOf(VkResult result) {
    switch (result) {
        case VK_TIMEOUT: return "VK_TIMEOUT";
        case VK_INCOMPLETE: return "VK_INCOMPLETE";
        case VK_ERROR_OUT_OF_HOST_MEMORY: return "VK_ERROR_OUT_OF_HOST_MEMORY";
        case VK_ERROR_OUT_OF_DEVICE_MEMORY: return "VK_ERROR_OUT_OF_DEVICE_MEMORY";
        case VK_ERROR_INITIALIZATION_FAILED: return "VK_ERROR_INITIALIZATION_FAILED";
        case VK_ERROR_DEVICE_LOST: return "VK_ERROR_DEVICE_LOST";
        case VK_ERROR_MEMORY_MAP_FAILED: return "VK_ERROR_MEMORY_MAP_FAILED";
        case VK_ERROR_LAYER_NOT_PRESENT: return "VK_ERROR_LAYER_NOT_PRESENT";
        case VK_ERROR_EXTENSION_NOT_PRESENT: return "VK_ERROR_EXTENSION_NOT_PRESENT";
        case VK_ERROR_FEATURE_NOT_PRESENT: return "VK_ERROR_FEATURE_NOT_PRESENT";
        case VK_ERROR_INCOMPATIBLE_DRIVER: return "VK_ERROR_INCOMPATIBLE_DRIVER";
        case VK_ERROR_TOO_MANY_OBJECTS: return "VK_ERROR_TOO_MANY_OBJECTS";
        default: return nullptr;
    }
}

std::string describe(VkResult result) {
    const char* name = nameOf(result);
    return name != nullptr ? name : "VkResult " + std::to_string(static_cast<int>(result));
}

}  // namespace

void check(VkResult result, const char* what) {
    if (result == VK_SUCCESS) {
        return;
    }
    const std::string call = std::string(what) + " failed (" + describe(result) + ")";
    switch (result) {
        case VK_ERROR_OUT_OF_DEVICE_MEMORY:
        case VK_ERROR_OUT_OF_HOST_MEMORY:
        case VK_ERROR_TOO_MANY_OBJECTS:
            throw GpuError({ErrorKind::OutOfMemory, call + ": the device is out of memory; close other programs or take a smaller model."});
        case VK_ERROR_DEVICE_LOST:
            throw GpuError({ErrorKind::DeviceLost, call + ": the GPU stopped answering; open the device again or choose another."});
        default: throw GpuError({ErrorKind::Unsupported, call + ": the Vulkan driver refused; update it or choose another device."});
    }
}

}  // namespace crystallite
