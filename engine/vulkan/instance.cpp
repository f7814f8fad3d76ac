#include "engine/vulkan/instance.h"

#include "engine/vulkan/check.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crystallite {
namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";

VKAPI_ATTR VkBool32 VKAPI_CALL forwardMessage(VkDebugUtilsMessageSeverityFlagBitsEXT /*severity*/,
                                              VkDebugUtilsMessageTypeFlagsEXT /*types*/, const VkDebugUtilsMessengerCallbackDataEXT* data,
                                              void* handler) {
    const auto& onMessage = *static_cast<const ValidationMessageHandler*>(handler);
    if (onMessage) {
        onMessage(data->pMessage);
    }
    return VK_FALSE;
}

VkDebugUtilsMessengerCreateInfoEXT messengerInfo(ValidationMessageHandler* handler) {
    return {.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT,
            .messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
            .messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
            .pfnUserCallback = forwardMessage,
            .pUserData = handler};
}

bool validationIsInstalled() {
    uint32_t count = 0;
    check(vkEnumerateInstanceLayerProperties(&count, nullptr), "vkEnumerateInstanceLayerProperties");
    std::vector<VkLayerProperties> layers(count);
    check(vkEnumerateInstanceLayerProperties(&count, layers.data()), "vkEnumerateInstanceLayerProperties");
    return std::any_of(layers.begin(), layers.end(),
                       [](const VkLayerProperties& layer) { return std::string_view(layer.layerName) == kValidationLayer; });
}

VkInstance createInstance(bool validation, ValidationMessageHandler* handler) {
    if (validation && !validationIsInstalled()) {
        throw GpuError({ErrorKind::Unsupported, std::string("the Vulkan layer ") + kValidationLayer +
                                                    " is not installed; install your system's vulkan-validationlayers package."});
    }
    // Both extensions come with the layer, so they need no check of their own.
    const std::array extensions = {VK_EXT_DEBUG_UTILS_EXTENSION_NAME, VK_EXT_VALIDATION_FEATURES_EXTENSION_NAME};
    VkDebugUtilsMessengerCreateInfoEXT messenger = messengerInfo(handler);
    const VkValidationFeatureEnableEXT synchronization = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
    const VkValidationFeaturesEXT features{.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT,
                                           .pNext = &messenger,
                                           .enabledValidationFeatureCount = 1,
                                           .pEnabledValidationFeatures = &synchronization};
    const VkApplicationInfo application{
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO, .pApplicationName = "Crystallite", .apiVersion = VK_API_VERSION_1_2};
    const VkInstanceCreateInfo info{.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
                                    .pNext = validation ? &features : nullptr,
                                    .pApplicationInfo = &application,
                                    .enabledLayerCount = validation ? 1U : 0U,
                                    .ppEnabledLayerNames = &kValidationLayer,
                                    .enabledExtensionCount = validation ? static_cast<uint32_t>(extensions.size()) : 0U,
                                    .ppEnabledExtensionNames = extensions.data()};
    VkInstance instance = VK_NULL_HANDLE;
    check(vkCreateInstance(&info, nullptr, &instance), "vkCreateInstance");
    return instance;
}

VkDebugUtilsMessengerEXT createMessenger(VkInstance instance, ValidationMessageHandler* handler) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the loader's untyped function pointers leave no other way.
    const auto create =
        reinterpret_cast<PFN_vkCreateDebugUtilsMessengerEXT>(vkGetInstanceProcAddr(instance, "vkCreateDebugUtilsMessengerEXT"));
    const VkDebugUtilsMessengerCreateInfoEXT info = messengerInfo(handler);
    VkDebugUtilsMessengerEXT messenger = VK_NULL_HANDLE;
    check(create(instance, &info, nullptr, &messenger), "vkCreateDebugUtilsMessengerEXT");
    return messenger;
}

bool isUsable(VkPhysicalDevice device) {
    VkPhysicalDeviceProperties properties{};
    vkGetPhysicalDeviceProperties(device, &properties);
    return properties.apiVersion >= VK_API_VERSION_1_2 && computeQueueFamily(device) != UINT32_MAX &&
           hasDeviceExtension(device, VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME);
}

}  // namespace

void DestroyMessenger::operator()(VkDebugUtilsMessengerEXT messenger) const {
    const auto destroy =
        reinterpret_cast<PFN_vkDestroyDebugUtilsMessengerEXT>(vkGetInstanceProcAddr(instance, "vkDestroyDebugUtilsMessengerEXT"));
    destroy(instance, messenger, nullptr);
}

Instance::Instance(bool validation, ValidationMessageHandler onMessage)
    : onMessage_(std::make_unique<ValidationMessageHandler>(std::move(onMessage))),
      instance_(createInstance(validation, onMessage_.get())) {
    if (validation) {
        messenger_ = {createMessenger(instance_.get(), onMessage_.get()), DestroyMessenger{instance_.get()}};
    }
}

std::vector<VkPhysicalDevice> Instance::usableDevices() const {
    uint32_t count = 0;
    check(vkEnumeratePhysicalDevices(instance_.get(), &count, nullptr), "vkEnumeratePhysicalDevices");
    std::vector<VkPhysicalDevice> devices(count);
    check(vkEnumeratePhysicalDevices(instance_.get(), &count, devices.data()), "vkEnumeratePhysicalDevices");
    devices.erase(std::remove_if(devices.begin(), devices.end(), [](VkPhysicalDevice device) { return !isUsable(device); }), devices.end());
    return devices;
}

bool hasDeviceExtension(VkPhysicalDevice device, std::string_view name) {
    uint32_t count = 0;
    check(vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr), "vkEnumerateDeviceExtensionProperties");
    std::vector<VkExtensionProperties> extensions(count);
    check(vkEnumerateDeviceExtensionProperties(device, nullptr, &count, extensions.data()), "vkEnumerateDeviceExtensionProperties");
    return std::any_of(extensions.begin(), extensions.end(),
                       [&](const VkExtensionProperties& extension) { return name == extension.extensionName; });
}

uint32_t computeQueueFamily(VkPhysicalDevice device) {
    uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
    for (uint32_t i = 0; i < count; ++i) {
        if ((families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) != 0) {
            return i;
        }
    }
    return UINT32_MAX;
}

}  // namespace crystallite
