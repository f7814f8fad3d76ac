#pragma once

#include "engine/backend/device_info.h"
#include "engine/base/result.h"
#include "engine/formats/model_source.h"
#include "engine/model/layer_range.h"
#include "engine/model/load_options.h"
#include "engine/model/model_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// Memory that layers of a model need on a device for a canvas of a given length.
struct MemoryEstimate {
    uint64_t weightBytes = 0;
    uint64_t activationBytes = 0;
    uint64_t storeBytes = 0;  ///< keys and values that passes leave to later ones
    [[nodiscard]] uint64_t total() const { return weightBytes + activationBytes + storeBytes; }
    /// What should be free beforehand: drivers round every buffer up, and the desktop takes its share.
    [[nodiscard]] uint64_t withMargin() const { return total() + total() / 20; }
};

/// Whether room for a store of keys and values is counted.
enum class StoreRoom : uint8_t {
    WhereExact,  ///< where the model uses one unless it is told otherwise: its cache is exact
    Always,
};

/// `layers` must be a range of the model's layers.
MemoryEstimate estimateMemory(const ModelSource& source, const ModelConfig& config, LayerRange layers, uint32_t slots,
                              StoreRoom room = StoreRoom::WhereExact);

/// The device that a model is to run on, and the processor that may compute the layers that are not on it; null: none may.
struct OfferedDevices {
    const DeviceInfo& device;
    const DeviceInfo* host = nullptr;
};

/// What one device is to hold of a model.
struct DeviceShare {
    std::string device;
    bool isGpu = false;
    LayerRange layers;
    MemoryEstimate need;
    uint64_t heldBytes = 0;     ///< of the weights: lie in the processor's memory already, and were taken from what it offers
    uint64_t offeredBytes = 0;  ///< what the device had free when it was looked at

    [[nodiscard]] bool fits() const { return need.withMargin() <= offeredBytes + heldBytes; }
};

/// Who computes which layers, in the order of a pass: one device, or the processor and then the device.
struct LoadPlan {
    std::vector<DeviceShare> shares;
    uint32_t slots = 0;

    [[nodiscard]] bool isSplit() const { return shares.size() > 1; }
};

/// Slots that a model is planned for before it is asked for any: its context, 512 of a longer one.
uint32_t usualCanvas(const ModelConfig& config);

/// The number of layers that the device computes under these options, on a canvas of `slots`: what LoadOptions::gpuLayers says, where it
/// says nothing as many as fit. All of them without a host.
uint32_t layersOnDevice(const ModelSource& source, const ModelConfig& config, const OfferedDevices& devices, const LoadOptions& options,
                        uint32_t slots);

/// The last `onDevice` layers on the device, the others on the host; all on the host for 0. Without a host all on the device.
LoadPlan planLoad(const ModelSource& source, const ModelConfig& config, const OfferedDevices& devices, uint32_t onDevice, uint32_t slots,
                  StoreRoom room = StoreRoom::WhereExact);

/// OutOfMemory for the first share that does not fit: what it needs by its parts, what there is, and what to do.
Result<void> checkFits(const LoadPlan& plan, const std::string& modelName);

/// "layers 1-16"
std::string textOf(LayerRange layers);

}  // namespace crystallite
