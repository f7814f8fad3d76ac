#include "engine/vulkan/recorder.h"

#include "engine/vulkan/check.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr VkPipelineStageFlags kDeviceStages = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
constexpr VkAccessFlags kDeviceWrites = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
constexpr VkAccessFlags kDeviceAccess = kDeviceWrites | VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_TRANSFER_READ_BIT;

struct Scope {
    VkPipelineStageFlags stages;
    VkAccessFlags access;
};

void barrier(VkCommandBuffer commands, Scope before, Scope after) {
    const VkMemoryBarrier memory{.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER, .srcAccessMask = before.access, .dstAccessMask = after.access};
    vkCmdPipelineBarrier(commands, before.stages, after.stages, 0, 1, &memory, 0, nullptr, 0, nullptr);
}

bool overlap(const BoundRange& a, const BoundRange& b) {
    return a.buffer == b.buffer && a.offsetBytes < b.offsetBytes + b.bytes && b.offsetBytes < a.offsetBytes + a.bytes;
}

CommandPoolHandle createPool(const Device& device) {
    const VkCommandPoolCreateInfo info{.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO,
                                       .flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT,
                                       .queueFamilyIndex = device.queueFamily()};
    VkCommandPool pool = VK_NULL_HANDLE;
    check(vkCreateCommandPool(device.get(), &info, nullptr, &pool), "vkCreateCommandPool");
    return {device.get(), pool};
}

VkDescriptorType descriptorType(const BoundRange& range) {
    return range.reading == Reading::Storage ? VK_DESCRIPTOR_TYPE_STORAGE_BUFFER : VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER;
}

void pushBuffers(const Device& device, VkCommandBuffer commands, VkPipelineLayout layout, std::span<const BoundRange> ranges) {
    std::vector<VkDescriptorBufferInfo> infos;
    infos.reserve(ranges.size());
    std::vector<VkBufferView> views;
    views.reserve(ranges.size());
    std::vector<VkWriteDescriptorSet> writes;
    for (const BoundRange& range : ranges) {
        infos.push_back({.buffer = range.buffer->get(), .offset = range.offsetBytes, .range = range.bytes});
        views.push_back(range.reading == Reading::Floats ? range.buffer->floats() : range.buffer->words());
        writes.push_back({.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET,
                          .dstBinding = static_cast<uint32_t>(writes.size()),
                          .descriptorCount = 1,
                          .descriptorType = descriptorType(range),
                          .pBufferInfo = &infos.back(),
                          .pTexelBufferView = &views.back()});
    }
    device.pushDescriptorSet()(commands, VK_PIPELINE_BIND_POINT_COMPUTE, layout, 0, static_cast<uint32_t>(writes.size()), writes.data());
}

}  // namespace

Recorder::Recorder(const Device& device, double workPerSubmission)
    : device_(device), workPerSubmission_(workPerSubmission), kernels_(device), profiler_(device), pool_(createPool(device)) {}

void Recorder::begin() {
    check(vkResetCommandPool(device_.get(), pool_.get(), 0), "vkResetCommandPool");
    used_ = 0;
    sinceBarrier_.clear();
    openCommands();
    // What earlier runs wrote is available since their fence; this makes it visible to this run.
    barrier(commands_[0], {kDeviceStages, kDeviceWrites}, {kDeviceStages, kDeviceAccess});
    profiler_.begin(commands_[0]);
}

void Recorder::openCommands() {
    if (used_ == commands_.size()) {
        const VkCommandBufferAllocateInfo info{.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
                                               .commandPool = pool_.get(),
                                               .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
                                               .commandBufferCount = 1};
        VkCommandBuffer commands = VK_NULL_HANDLE;
        check(vkAllocateCommandBuffers(device_.get(), &info, &commands), "vkAllocateCommandBuffers");
        commands_.push_back(commands);
    }
    const VkCommandBufferBeginInfo info{.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO,
                                        .flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT};
    check(vkBeginCommandBuffer(commands_[used_], &info), "vkBeginCommandBuffer");
    workInCommands_ = 0.0;
    ++used_;
}

void Recorder::closeCommands() {
    check(vkEndCommandBuffer(commands_[used_ - 1]), "vkEndCommandBuffer");
}

void Recorder::cutWhenFull(double work) {
    if (workInCommands_ > 0.0 && workInCommands_ + work > workPerSubmission_) {
        closeCommands();
        openCommands();
    }
    workInCommands_ += work;
}

bool Recorder::conflicts(const BoundRange& range) const {
    return std::any_of(sinceBarrier_.begin(), sinceBarrier_.end(), [&](const BoundRange& earlier) {
        const bool bothRead = earlier.access == Access::Read && range.access == Access::Read;
        return !bothRead && overlap(earlier, range);
    });
}

void Recorder::orderAfterEarlier(std::span<const BoundRange> ranges) {
    if (std::any_of(ranges.begin(), ranges.end(), [&](const BoundRange& range) { return conflicts(range); })) {
        barrier(commands_[used_ - 1], {kDeviceStages, kDeviceWrites}, {kDeviceStages, kDeviceAccess});
        sinceBarrier_.clear();
    }
    sinceBarrier_.insert(sinceBarrier_.end(), ranges.begin(), ranges.end());
}

void Recorder::dispatch(const Dispatch& dispatch) {
    const std::span<const BoundRange> ranges(dispatch.buffers.begin(), dispatch.buffers.size());
    std::vector<VkDescriptorType> types(ranges.size());
    std::transform(ranges.begin(), ranges.end(), types.begin(), descriptorType);
    const Kernel& kernel = kernels_.get(dispatch.shader, dispatch.constants, types, static_cast<uint32_t>(dispatch.params.size()));
    cutWhenFull(dispatch.work);
    orderAfterEarlier(ranges);

    VkCommandBuffer commands = commands_[used_ - 1];
    vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, kernel.pipeline());
    pushBuffers(device_, commands, kernel.layout(), ranges);
    vkCmdPushConstants(commands, kernel.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, static_cast<uint32_t>(dispatch.params.size()),
                       dispatch.params.data());
    vkCmdDispatch(commands, dispatch.groups.x, dispatch.groups.y, 1);
}

void Recorder::copy(BoundRange from, BoundRange to) {
    from.access = Access::Read;
    to.access = Access::Write;
    orderAfterEarlier(std::array{from, to});
    const VkBufferCopy region{.srcOffset = from.offsetBytes, .dstOffset = to.offsetBytes, .size = from.bytes};
    vkCmdCopyBuffer(commands_[used_ - 1], from.buffer->get(), to.buffer->get(), 1, &region);
}

void Recorder::fillWithZeros(const VulkanBuffer& buffer) {
    orderAfterEarlier(std::array{BoundRange{.buffer = &buffer, .bytes = buffer.bytes(), .access = Access::Write}});
    vkCmdFillBuffer(commands_[used_ - 1], buffer.get(), 0, VK_WHOLE_SIZE, 0);
}

std::span<const VkCommandBuffer> Recorder::finish() {
    // The fence makes the host wait, this makes it see what was written.
    barrier(commands_[used_ - 1], {kDeviceStages, kDeviceWrites}, {VK_PIPELINE_STAGE_HOST_BIT, VK_ACCESS_HOST_READ_BIT});
    closeCommands();
    return {commands_.data(), used_};
}

void Recorder::beginOperation(const OperationCost& cost) {
    profiler_.beginOperation(commands_[used_ - 1], cost);
}

void Recorder::endOperation() {
    profiler_.endOperation(commands_[used_ - 1]);
}

}  // namespace crystallite
