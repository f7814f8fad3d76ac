#include "tests/support/vulkan_backends.h"

#include "engine/vulkan/vulkan_backend.h"

namespace crystallite {
namespace {

constexpr std::string_view kPrefix = "Vulkan";

}  // namespace

std::vector<std::string> vulkanTestDevices() {
    std::vector<std::string> names;
    const size_t devices = describeVulkanDevices().size();
    for (size_t i = 0; i < devices; ++i) {
        names.push_back(std::string(kPrefix) + std::to_string(i));
    }
    return names;
}

Result<std::unique_ptr<Backend>> openVulkanForTest(const std::string& name, std::function<void(std::string_view)> onValidationMessage) {
    const auto index = static_cast<uint32_t>(std::stoul(name.substr(kPrefix.size())));
    return openVulkanBackend(index, {.validation = true, .onValidationMessage = std::move(onValidationMessage)});
}

}  // namespace crystallite
