#pragma once

#include "engine/vulkan/device.h"
#include "engine/vulkan/handle.h"

#include <array>
#include <span>
#include <stop_token>

namespace crystallite {

/// Hands command buffers to the queue, one submission each, and waits for them.
class Submitter {
public:
    explicit Submitter(const Device& device);

    /// False when `stop` was requested before the last command buffer was submitted. Either way nothing is in flight afterwards.
    /// Throws GpuError.
    bool run(std::span<const VkCommandBuffer> commands, const std::stop_token& stop);

private:
    void submit(VkCommandBuffer commands, VkFence fence);
    void wait(VkFence fence);

    const Device& device_;               // outlives the submitter
    std::array<FenceHandle, 2> fences_;  // one submission runs while the next one waits, so that the device never idles
};

}  // namespace crystallite
