#pragma once

#include "engine/backend/backend.h"
#include "engine/vulkan/memory.h"
#include "engine/vulkan/recorder.h"
#include "engine/vulkan/submitter.h"

#include <memory>
#include <vector>

namespace crystallite {

/// Weights in a few large buffers, each within the device's allocation limit.
class VulkanWeightStore final : public WeightStore {
public:
    /// Allocates room for `sources`. Throws GpuError when one of them exceeds an allocation or memory does not suffice.
    VulkanWeightStore(const Device& device, std::span<const WeightSource> sources);

    [[nodiscard]] const Tensor& at(size_t index) const override { return tensors_.at(index); }
    [[nodiscard]] uint64_t deviceBytes() const override;
    [[nodiscard]] bool readsSources() const override { return false; }

    /// Copies the sources to the device, in pieces between which it reports progress and looks at `stop`. False when stopped.
    bool fill(std::span<const WeightSource> sources, Recorder& recorder, Submitter& submitter, const Progress& progress,
              const std::stop_token& stop);

private:
    std::vector<std::unique_ptr<VulkanBuffer>> blocks_;
    std::vector<size_t> blockOf_;  // by tensor
    std::vector<Tensor> tensors_;
};

}  // namespace crystallite
