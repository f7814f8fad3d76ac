#include "engine/vulkan/profiler.h"

#include "engine/vulkan/check.h"

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr uint32_t kQueriesPerPool = 512;

QueryPoolHandle createPool(const Device& device) {
    const VkQueryPoolCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO, .queryType = VK_QUERY_TYPE_TIMESTAMP, .queryCount = kQueriesPerPool};
    VkQueryPool pool = VK_NULL_HANDLE;
    check(vkCreateQueryPool(device.get(), &info, nullptr, &pool), "vkCreateQueryPool");
    return {device.get(), pool};
}

}  // namespace

void Profiler::setEnabled(bool enabled) {
    enabled_ = enabled && device_.traits().timestampBits > 0;
}

void Profiler::begin(VkCommandBuffer commands) {
    queries_ = 0;
    operations_.clear();
    if (enabled_) {
        for (const QueryPoolHandle& pool : pools_) {
            vkCmdResetQueryPool(commands, pool.get(), 0, kQueriesPerPool);
        }
    }
}

void Profiler::writeTimestamp(VkCommandBuffer commands) {
    if (queries_ == pools_.size() * kQueriesPerPool) {
        pools_.push_back(createPool(device_));
        vkCmdResetQueryPool(commands, pools_.back().get(), 0, kQueriesPerPool);
    }
    vkCmdWriteTimestamp(commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, pools_[queries_ / kQueriesPerPool].get(),
                        queries_ % kQueriesPerPool);
    ++queries_;
}

void Profiler::beginOperation(VkCommandBuffer commands, const OperationCost& cost) {
    if (enabled_) {
        operations_.push_back(cost);
        writeTimestamp(commands);
    }
}

void Profiler::endOperation(VkCommandBuffer commands) {
    if (enabled_) {
        writeTimestamp(commands);
    }
}

void Profiler::readPool(size_t pool, std::vector<uint64_t>& ticks) const {
    const size_t first = pool * kQueriesPerPool;
    const size_t count = std::min<size_t>(kQueriesPerPool, queries_ - first);
    check(vkGetQueryPoolResults(device_.get(), pools_[pool].get(), 0, static_cast<uint32_t>(count), count * sizeof(uint64_t), &ticks[first],
                                sizeof(uint64_t), VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT),
          "vkGetQueryPoolResults");
}

void Profiler::collect() {
    std::vector<uint64_t> ticks(queries_);
    for (size_t pool = 0; pool * kQueriesPerPool < queries_; ++pool) {
        readPool(pool, ticks);
    }
    const uint32_t bits = device_.traits().timestampBits;
    const uint64_t mask = bits >= 64 ? UINT64_MAX : (uint64_t{1} << bits) - 1;
    for (size_t i = 0; i < operations_.size(); ++i) {
        const uint64_t elapsed = (ticks[2 * i + 1] - ticks[2 * i]) & mask;
        timings_.push_back({.operation = operations_[i].operation,
                            .milliseconds = static_cast<double>(elapsed) * double{device_.traits().nanosecondsPerTick} * 1e-6,
                            .flops = operations_[i].flops,
                            .bytes = operations_[i].bytes});
    }
    queries_ = 0;
    operations_.clear();
}

std::vector<OperationTiming> Profiler::takeTimings() {
    return std::exchange(timings_, {});
}

}  // namespace crystallite
