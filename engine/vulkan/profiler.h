#pragma once

#include "engine/backend/operation_cost.h"
#include "engine/vulkan/device.h"
#include "engine/vulkan/handle.h"

#include <vector>

namespace crystallite {

/// Timestamps around every operation of a pass, while switched on. Without timestamps on the device it records nothing.
class Profiler {
public:
    explicit Profiler(const Device& device) : device_(device) {}

    void setEnabled(bool enabled);
    /// Forgets what an earlier recording left behind.
    void begin(VkCommandBuffer commands);
    void beginOperation(VkCommandBuffer commands, const OperationCost& cost);
    void endOperation(VkCommandBuffer commands);
    /// After the commands have run: turns their timestamps into timings.
    void collect();
    std::vector<OperationTiming> takeTimings();

private:
    void writeTimestamp(VkCommandBuffer commands);
    void readPool(size_t pool, std::vector<uint64_t>& ticks) const;

    const Device& device_;  // outlives the profiler
    bool enabled_ = false;
    std::vector<QueryPoolHandle> pools_;  // of equal size, reused from the first on
    uint32_t queries_ = 0;                // written by this recording
    std::vector<OperationCost> operations_;
    std::vector<OperationTiming> timings_;
};

}  // namespace crystallite
