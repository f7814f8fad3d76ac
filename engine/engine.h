#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/model/model.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The CPU first, then every Vulkan 1.2 device, and last the CPU with factors rounded to BF16 where it can. Never fails: a missing Vulkan
/// loader only means fewer devices.
std::vector<DeviceInfo> listDevices();

/// Which of `devices`, a listDevices(), openDevice() would open; null: none of them.
const DeviceInfo* findDevice(const std::vector<DeviceInfo>& devices, std::string_view selector);

/// `selector`: "auto" (a real GPU, else the CPU; software Vulkan is never chosen), "cpu", an index of listDevices(), or a part of a name,
/// case ignored. NotFound lists what there is.
Result<std::unique_ptr<Backend>> openDevice(std::string_view selector);

/// A model and the devices that compute it; the model must go first.
struct LoadedModel {
    std::unique_ptr<Backend> device;  ///< null when the processor computes all of it in its stead
    std::unique_ptr<Backend> host;    ///< the processor, when it computes layers that are not on the device
    std::unique_ptr<Model> model;
};

/// Opens a device by its selector and puts the model on it, as far as the options say and its memory goes. Errors as of openDevice() and
/// Model::load().
Result<LoadedModel> loadModel(std::shared_ptr<const ModelSource> source, std::string_view deviceSelector, const LoadOptions& options = {},
                              const Progress& progress = {}, std::stop_token stop = {});

/// "0.1.0"
std::string_view engineVersion();

}  // namespace crystallite
