#include "engine/model/load_plan.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/model/activations.h"
#include "engine/model/kv_store.h"
#include "engine/model/weights.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr uint64_t kMegabyte = 1'000'000;
constexpr uint32_t kUsualSlots = 512;

std::string megabytes(uint64_t bytes) {
    return std::to_string(bytes / kMegabyte) + " MB";
}

/// What the device takes, it takes from the processor's memory.
bool sharesMemory(const DeviceInfo& device) {
    return device.kind == DeviceKind::IntegratedGpu || device.kind == DeviceKind::SoftwareVulkan;
}

DeviceShare shareOf(const ModelSource& source, const ModelConfig& config, const DeviceInfo& device, LayerRange layers, uint32_t slots,
                    StoreRoom room) {
    const MemoryEstimate need = estimateMemory(source, config, layers, slots, room);
    // Weights that the source had to put together lie in the processor's memory, and were taken from what it offers.
    const uint64_t held = device.isVulkan() ? 0 : std::min(need.weightBytes, source.ownedBytes());
    return {.device = device.name,
            .isGpu = device.isVulkan(),
            .layers = layers,
            .need = need,
            .heldBytes = held,
            .offeredBytes = usableBytes(device)};
}

}  // namespace

MemoryEstimate estimateMemory(const ModelSource& source, const ModelConfig& config, LayerRange layers, uint32_t slots, StoreRoom room) {
    const bool stores = room == StoreRoom::Always || config.hasExactCache();
    return {.weightBytes = weightBytes(source, config, layers),
            .activationBytes = Activations::bytesFor(config, layers, slots),
            .storeBytes = stores ? KvStore::bytesFor(layers.count(), config.kvHeads * config.headDim, slots) : 0};
}

uint32_t usualCanvas(const ModelConfig& config) {
    return std::min(config.contextLength, kUsualSlots);
}

uint32_t layersOnDevice(const ModelSource& source, const ModelConfig& config, const OfferedDevices& devices, const LoadOptions& options,
                        uint32_t slots) {
    if (options.gpuLayers && devices.host != nullptr) {
        return std::min(*options.gpuLayers, config.layers);
    }
    uint32_t layers = config.layers;
    while (devices.host != nullptr && layers > 0 && !planLoad(source, config, devices, layers, slots).shares.back().fits()) {
        --layers;
    }
    return layers;
}

LoadPlan planLoad(const ModelSource& source, const ModelConfig& config, const OfferedDevices& devices, uint32_t onDevice, uint32_t slots,
                  StoreRoom room) {
    ENGINE_ASSERT(onDevice <= config.layers);
    const uint32_t border = devices.host == nullptr ? 0 : config.layers - onDevice;
    LoadPlan plan{.shares = {}, .slots = slots};
    uint64_t taken = 0;
    if (border < config.layers) {
        plan.shares.push_back(
            shareOf(source, config, devices.device, {.first = border, .end = config.layers, .of = config.layers}, slots, room));
        taken = sharesMemory(devices.device) ? plan.shares.back().need.withMargin() : 0;
    }
    if (border > 0) {
        DeviceShare share = shareOf(source, config, *devices.host, {.first = 0, .end = border, .of = config.layers}, slots, room);
        share.offeredBytes -= std::min(taken, share.offeredBytes);
        plan.shares.insert(plan.shares.begin(), std::move(share));
    }
    return plan;
}

Result<void> checkFits(const LoadPlan& plan, const std::string& modelName) {
    const auto tight = std::find_if(plan.shares.begin(), plan.shares.end(), [](const DeviceShare& share) { return !share.fits(); });
    if (tight == plan.shares.end()) {
        return {};
    }
    const MemoryEstimate& need = tight->need;
    const std::string which = plan.isSplit() ? " for " + textOf(tight->layers) : "";
    const std::string border = tight->isGpu ? "fewer GPU layers, " : plan.isSplit() ? "more GPU layers, " : "";
    const std::string stored = need.storeBytes > 0 ? megabytes(need.storeBytes) + " of cached keys and values, " : "";
    return Error{ErrorKind::OutOfMemory, inQuotes(modelName) + " needs " + megabytes(need.withMargin()) + which + " (" +
                                             megabytes(need.weightBytes) + " of weights, " + megabytes(need.activationBytes) +
                                             " to work on " + std::to_string(plan.slots) + " slots, " + stored +
                                             megabytes(need.withMargin() - need.total()) + " margin), but " + tight->device + " offers " +
                                             megabytes(tight->offeredBytes) + "; choose " + border +
                                             "another device, quantised weights, a smaller model or a shorter canvas, or load it anyway"};
}

std::string textOf(LayerRange layers) {
    const std::string first = std::to_string(layers.first + 1);
    return layers.count() == 1 ? "layer " + first : "layers " + first + "-" + std::to_string(layers.end);
}

}  // namespace crystallite
