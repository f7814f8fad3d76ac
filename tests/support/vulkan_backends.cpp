#include "tests/support/vulkan_backends.h"

#include "engine/vulkan/vulkan_backend.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

constexpr std::string_view kPrefix = "Vulkan";

/// One way to open a device. Together they reach every tile setting and path that a device of another kind would take.
struct Variant {
    const char* suffix;
    VulkanOptions options;
};

const std::array<Variant, 4>& variants() {
    // Devices drop what a shader writes outside of what is bound. Two variants bind more than a tensor, one for each body of the product,
    // so that a missing check at an edge is seen in what lies around the tensor.
    // Small enough to split the larger tensors of the operation tests, large enough for the keys of the attention tests.
    constexpr uint64_t kSplittingLimit = 320 * 1024;
    static const std::array<Variant, 4> all = {
        {{"", {}},
         {"AsDiscreteGpu", {.treatAs = DeviceKind::DiscreteGpu, .bindBeyondViews = true}},
         {"WithoutSubgroups", {.allowSubgroups = false}},
         {"SplittingTensors", {.allowTexels = false, .bindingLimitBytes = kSplittingLimit, .bindBeyondViews = true}}}};
    return all;
}

}  // namespace

std::vector<std::string> vulkanTestDevices() {
    std::vector<std::string> names;
    const size_t devices = describeVulkanDevices().size();
    for (size_t i = 0; i < devices; ++i) {
        for (const Variant& variant : variants()) {
            names.push_back(std::string(kPrefix) + std::to_string(i) + variant.suffix);
        }
    }
    return names;
}

Result<std::unique_ptr<Backend>> openVulkanForTest(const std::string& name, std::function<void(std::string_view)> onValidationMessage) {
    size_t digits = 0;
    const auto index = static_cast<uint32_t>(std::stoul(name.substr(kPrefix.size()), &digits));
    const std::string suffix = name.substr(kPrefix.size() + digits);
    const auto* const variant =
        std::find_if(variants().begin(), variants().end(), [&](const Variant& each) { return suffix == each.suffix; });
    if (variant == variants().end()) {
        return Error{ErrorKind::NotFound, "no test backend is called " + name};
    }
    VulkanOptions options = variant->options;
    options.validation = true;
    options.onValidationMessage = std::move(onValidationMessage);
    return openVulkanBackend(index, options);
}

}  // namespace crystallite
