#pragma once

#include <vulkan/vulkan.h>

#include <functional>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

namespace crystallite {

/// Receives warnings and errors of the validation layers, from any thread.
using ValidationMessageHandler = std::function<void(std::string_view)>;

struct DestroyMessenger {
    VkInstance instance = VK_NULL_HANDLE;
    void operator()(VkDebugUtilsMessengerEXT messenger) const;
};

/// The connection to the Vulkan loader. Everything else of this folder borrows it.
class Instance {
public:
    /// Throws GpuError without a loader, a driver or Vulkan 1.2, or if `validation` is wanted and the layer is not installed.
    Instance(bool validation, ValidationMessageHandler onMessage);

    /// Devices that this engine can use, in the loader's order: Vulkan 1.2, a compute queue and push descriptors.
    [[nodiscard]] std::vector<VkPhysicalDevice> usableDevices() const;

private:
    struct DestroyInstance {
        void operator()(VkInstance instance) const { vkDestroyInstance(instance, nullptr); }
    };

    std::unique_ptr<ValidationMessageHandler> onMessage_;  // address is registered with the layer
    std::unique_ptr<std::remove_pointer_t<VkInstance>, DestroyInstance> instance_;
    std::unique_ptr<std::remove_pointer_t<VkDebugUtilsMessengerEXT>, DestroyMessenger> messenger_;
};

/// Whether the device offers the extension.
bool hasDeviceExtension(VkPhysicalDevice device, std::string_view name);

/// First queue family with compute, or UINT32_MAX.
uint32_t computeQueueFamily(VkPhysicalDevice device);

}  // namespace crystallite
