#pragma once

#include "engine/backend/backend.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace crystallite {

/// Another backend, on a device that has less memory than it really has. Borrows that backend.
class BudgetedBackend final : public Backend {
public:
    /// `budgetBytes` is what the driver states when the device is opened.
    BudgetedBackend(Backend& backend, uint64_t budgetBytes);

    /// From now on the device refuses larger allocations, whatever it stated: another program may have taken the memory since. Weights
    /// count as one.
    void refuseAllocationsAbove(uint64_t bytes) { largestAllocation_ = bytes; }
    /// Of all allocations so far, and of the weights.
    [[nodiscard]] uint64_t allocatedBytes() const { return allocated_; }
    [[nodiscard]] uint64_t weightBytes() const { return weights_; }
    /// Passes that were begun so far.
    [[nodiscard]] uint32_t passes() const { return passes_; }

    [[nodiscard]] const DeviceInfo& device() const override { return info_; }
    Result<std::unique_ptr<Buffer>> allocate(uint64_t bytes, MemoryUse use) override;
    Result<std::unique_ptr<WeightStore>> loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                     std::stop_token stop) override;
    Result<void> run(const std::function<void(Pass&)>& record, std::stop_token stop) override;
    void setProfiling(bool on) override { backend_.setProfiling(on); }
    std::vector<OperationTiming> takeTimings() override { return backend_.takeTimings(); }
    Result<DeviceLimits> measureLimits() override { return backend_.measureLimits(); }

private:
    Backend& backend_;
    DeviceInfo info_;
    [[nodiscard]] Result<void> checkAllocation(uint64_t bytes) const;

    uint64_t largestAllocation_ = UINT64_MAX;
    uint64_t allocated_ = 0;
    uint64_t weights_ = 0;
    uint32_t passes_ = 0;
};

}  // namespace crystallite
