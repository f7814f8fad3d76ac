#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The CPU first, then every Vulkan 1.2 device. Never fails: a missing Vulkan loader only means fewer devices.
std::vector<DeviceInfo> listDevices();

/// Which of `devices`, a listDevices(), openDevice() would open; null: none of them.
const DeviceInfo* findDevice(const std::vector<DeviceInfo>& devices, std::string_view selector);

/// `selector`: "auto" (a real GPU, else the CPU; software Vulkan is never chosen), "cpu", an index of listDevices(), or a part of a name,
/// case ignored. NotFound lists what there is.
Result<std::unique_ptr<Backend>> openDevice(std::string_view selector);

/// "0.1.0"
std::string_view engineVersion();

}  // namespace crystallite
