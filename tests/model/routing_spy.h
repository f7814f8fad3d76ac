#pragma once

#include "engine/backend/backend.h"

#include <memory>
#include <vector>

namespace crystallite {

/// Another backend that keeps what its passes route: a copy of the chosen experts and their weights behind every route(). Borrows that
/// backend.
class RoutingSpy final : public Backend {
public:
    struct Seen {
        uint32_t rows = 0;
        uint32_t used = 0;
        std::vector<uint32_t> experts;  ///< [rows, used]
        std::vector<float> weights;     ///< [rows, used]
    };

    explicit RoutingSpy(Backend& backend) : backend_(backend) {}

    /// Of the last pass, in the order of its calls: one for every layer with experts.
    [[nodiscard]] const std::vector<Seen>& seen() const { return seen_; }

    [[nodiscard]] const DeviceInfo& device() const override { return backend_.device(); }
    Result<std::unique_ptr<Buffer>> allocate(uint64_t bytes, MemoryUse use) override { return backend_.allocate(bytes, use); }
    Result<std::unique_ptr<WeightStore>> loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                     std::stop_token stop) override {
        return backend_.loadWeights(sources, progress, std::move(stop));
    }
    Result<void> run(const std::function<void(Pass&)>& record, std::stop_token stop) override;
    void setProfiling(bool on) override { backend_.setProfiling(on); }
    std::vector<OperationTiming> takeTimings() override { return backend_.takeTimings(); }
    Result<DeviceLimits> measureLimits() override { return backend_.measureLimits(); }

private:
    Backend& backend_;
    std::vector<Seen> seen_;
};

}  // namespace crystallite
