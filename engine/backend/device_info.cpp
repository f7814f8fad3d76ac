#include "engine/backend/device_info.h"

#include "engine/base/assert.h"

#include <algorithm>

namespace crystallite {

const char* nameOf(DeviceKind kind) {
    switch (kind) {
        case DeviceKind::Cpu: return "CPU";
        case DeviceKind::DiscreteGpu: return "discrete GPU";
        case DeviceKind::IntegratedGpu: return "integrated GPU";
        case DeviceKind::VirtualGpu: return "virtual GPU";
        case DeviceKind::SoftwareVulkan: return "software Vulkan";
    }
    ENGINE_ASSERT(false);
}

uint64_t usableBytes(const DeviceInfo& device) {
    const bool anyLocal = std::any_of(device.heaps.begin(), device.heaps.end(), [](const MemoryHeap& heap) { return heap.deviceLocal; });
    uint64_t usable = 0;
    for (const MemoryHeap& heap : device.heaps) {
        if (heap.deviceLocal || !anyLocal) {
            usable += heap.budgetBytes;
        }
    }
    return usable;
}

}  // namespace crystallite
