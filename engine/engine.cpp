#include "engine/engine.h"

#include "engine/base/in_quotes.h"
#include "engine/cpu/cpu_backend.h"
#ifdef CRYSTALLITE_HAVE_VULKAN
#include "engine/vulkan/vulkan_backend.h"
#endif

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

namespace crystallite {
namespace {

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// A discrete GPU before an integrated before a virtual one, else the CPU: software Vulkan runs on the same cores, only slower.
const DeviceInfo& bestOf(const std::vector<DeviceInfo>& devices) {
    for (const DeviceKind kind : {DeviceKind::DiscreteGpu, DeviceKind::IntegratedGpu, DeviceKind::VirtualGpu}) {
        const auto found = std::find_if(devices.begin(), devices.end(), [kind](const DeviceInfo& device) { return device.kind == kind; });
        if (found != devices.end()) {
            return *found;
        }
    }
    return devices.front();
}

std::optional<size_t> asIndex(std::string_view text) {
    size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(index) : std::nullopt;
}

}  // namespace

const DeviceInfo* findDevice(const std::vector<DeviceInfo>& devices, std::string_view selector) {
    if (selector == "auto") {
        return &bestOf(devices);
    }
    if (selector == "cpu") {
        return &devices.front();
    }
    if (const auto index = asIndex(selector)) {
        return *index < devices.size() ? &devices[*index] : nullptr;
    }
    const std::string wanted = lowerCase(selector);
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const DeviceInfo& device) {
        return !wanted.empty() && lowerCase(device.name).find(wanted) != std::string::npos;
    });
    return found == devices.end() ? nullptr : &*found;
}

std::vector<DeviceInfo> listDevices() {
    std::vector<DeviceInfo> devices = {describeCpu()};
#ifdef CRYSTALLITE_HAVE_VULKAN
    for (DeviceInfo& device : describeVulkanDevices()) {
        devices.push_back(std::move(device));
    }
#endif
    if (multipliesBf16()) {
        devices.push_back(describeCpu(Factors::Bf16));
    }
    for (size_t i = 0; i < devices.size(); ++i) {
        devices[i].index = static_cast<uint32_t>(i);
    }
    return devices;
}

Result<std::unique_ptr<Backend>> openDevice(std::string_view selector) {
    const std::vector<DeviceInfo> devices = listDevices();
    const DeviceInfo* device = findDevice(devices, selector);
    if (device == nullptr) {
        std::string known;
        for (const DeviceInfo& each : devices) {
            known += (known.empty() ? "" : ", ") + std::to_string(each.index) + " (" + each.name + ")";
        }
        return Error{ErrorKind::NotFound, "there is no device " + inQuotes(selector) + "; choose auto, cpu or one of: " + known};
    }
#ifdef CRYSTALLITE_HAVE_VULKAN
    if (device->isVulkan()) {
        // Index 0 is the CPU; the Vulkan devices follow in their own order, and then the CPU with rounded factors.
        return openVulkanBackend(device->index - 1);
    }
#endif
    return openCpuBackend(device->roundsFactors ? Factors::Bf16 : Factors::Exact);
}

Result<LoadedModel> loadModel(std::shared_ptr<const ModelSource> source, std::string_view deviceSelector, const LoadOptions& options,
                              const Progress& progress, std::stop_token stop) {
    auto device = openDevice(deviceSelector);
    if (!device) {
        return device.error();
    }
    LoadedModel loaded{.device = std::move(*device), .host = nullptr, .model = nullptr};
    if (loaded.device->device().isVulkan()) {
        auto host = openCpuBackend();
        if (!host) {
            return host.error();
        }
        loaded.host = std::move(*host);
    }
    auto model = Model::load({*loaded.device, loaded.host.get()}, std::move(source), options, progress, std::move(stop));
    if (!model) {
        return model.error();
    }
    loaded.model = std::move(*model);
    const std::vector<Backend*> used = loaded.model->backends();
    for (std::unique_ptr<Backend>* each : {&loaded.device, &loaded.host}) {
        if (std::find(used.begin(), used.end(), each->get()) == used.end()) {
            each->reset();
        }
    }
    return loaded;
}

std::string_view engineVersion() {
    return CRYSTALLITE_VERSION;
}

}  // namespace crystallite
