#include "engine/vulkan/submitter.h"

#include "engine/vulkan/check.h"

namespace crystallite {
namespace {

FenceHandle createFence(VkDevice device) {
    const VkFenceCreateInfo info{.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO};
    VkFence fence = VK_NULL_HANDLE;
    check(vkCreateFence(device, &info, nullptr, &fence), "vkCreateFence");
    return {device, fence};
}

}  // namespace

Submitter::Submitter(const Device& device) : device_(device), fences_{createFence(device.get()), createFence(device.get())} {}

bool Submitter::run(std::span<const VkCommandBuffer> commands, const std::stop_token& stop) {
    size_t submitted = 0;
    while (submitted < commands.size() && !stop.stop_requested()) {
        submit(commands[submitted], fences_[submitted % 2].get());
        ++submitted;
        if (submitted > 1) {
            wait(fences_[submitted % 2].get());
        }
    }
    if (submitted > 0) {
        wait(fences_[(submitted - 1) % 2].get());
    }
    return submitted == commands.size();
}

void Submitter::submit(VkCommandBuffer commands, VkFence fence) {
    const VkSubmitInfo info{.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO, .commandBufferCount = 1, .pCommandBuffers = &commands};
    check(vkQueueSubmit(device_.queue(), 1, &info, fence), "vkQueueSubmit");
}

void Submitter::wait(VkFence fence) {
    check(vkWaitForFences(device_.get(), 1, &fence, VK_TRUE, UINT64_MAX), "vkWaitForFences");
    check(vkResetFences(device_.get(), 1, &fence), "vkResetFences");
}

}  // namespace crystallite
