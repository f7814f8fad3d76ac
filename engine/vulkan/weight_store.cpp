#include "engine/vulkan/weight_store.h"

#include "engine/base/assert.h"
#include "engine/vulkan/check.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

namespace crystallite {
namespace {

/// Large enough that copying dominates a submission, small enough that a stop is answered at once.
constexpr uint64_t kPieceBytes = uint64_t{16} << 20;

/// Fewer, larger blocks mean fewer allocations; drivers may allow only 4096.
constexpr uint64_t kLargestBlockBytes = uint64_t{1} << 30;

uint64_t roundUp(uint64_t value, uint64_t alignment) {
    return (value + alignment - 1) / alignment * alignment;
}

MemoryPlace placeFor(const DeviceTraits& traits) {
    return traits.unifiedMemory ? MemoryPlace::SharedWeights : MemoryPlace::Weights;
}

}  // namespace

VulkanWeightStore::VulkanWeightStore(const Device& device, std::span<const WeightSource> sources) {
    const DeviceTraits& traits = device.traits();
    std::vector<uint64_t> blockBytes;
    for (const WeightSource& source : sources) {
        const uint64_t bytes = roundUp(source.bytes.size(), traits.storageOffsetAlignment);
        if (bytes > traits.allocationBytes) {
            throw GpuError({ErrorKind::Unsupported, "a weight of " + std::to_string(bytes >> 20) + " MiB exceeds the " +
                                                        std::to_string(traits.allocationBytes >> 20) +
                                                        " MiB that this device allocates in one piece; choose another device."});
        }
        const uint64_t limit = std::min(traits.allocationBytes, kLargestBlockBytes);
        if (blockBytes.empty() || blockBytes.back() + bytes > limit) {
            blockBytes.push_back(0);
        }
        blockOf_.push_back(blockBytes.size() - 1);
        tensors_.push_back({.offsetBytes = blockBytes.back(),
                            .format = source.format,
                            .rows = source.rows,
                            .columns = source.columns,
                            .rowStride = source.columns});
        blockBytes.back() += bytes;
    }
    for (const uint64_t bytes : blockBytes) {
        blocks_.push_back(std::make_unique<VulkanBuffer>(device, bytes, placeFor(traits)));
    }
    for (size_t i = 0; i < tensors_.size(); ++i) {
        tensors_[i].buffer = blocks_[blockOf_[i]].get();
    }
}

uint64_t VulkanWeightStore::deviceBytes() const {
    uint64_t bytes = 0;
    for (const auto& block : blocks_) {
        bytes += block->bytes();
    }
    return bytes;
}

bool VulkanWeightStore::fill(std::span<const WeightSource> sources, Recorder& recorder, Submitter& submitter, const Progress& progress,
                             const std::stop_token& stop) {
    std::optional<VulkanBuffer> staging;
    if (!recorder.device().traits().unifiedMemory) {
        staging.emplace(recorder.device(), kPieceBytes, MemoryPlace::Upload);
    }
    const auto store = [&](VulkanBuffer& block, uint64_t offset, std::span<const std::byte> piece) {
        if (!staging) {
            std::memcpy(block.hostBytes().data() + offset, piece.data(), piece.size());
            return;
        }
        std::memcpy(staging->hostBytes().data(), piece.data(), piece.size());
        recorder.begin();
        recorder.copy({.buffer = &*staging, .bytes = piece.size()}, {.buffer = &block, .offsetBytes = offset, .bytes = piece.size()});
        submitter.run(recorder.finish(), {});
    };

    uint64_t total = 0;
    for (const WeightSource& source : sources) {
        total += source.bytes.size();
    }
    uint64_t done = 0;
    for (size_t i = 0; i < sources.size(); ++i) {
        for (uint64_t first = 0; first < sources[i].bytes.size();) {
            if (stop.stop_requested()) {
                return false;
            }
            const std::span<const std::byte> piece = sources[i].bytes.stretch(first, kPieceBytes);
            store(*blocks_[blockOf_[i]], tensors_[i].offsetBytes + first, piece);
            first += piece.size();
            done += piece.size();
            if (progress) {
                progress(static_cast<double>(done) / static_cast<double>(total));
            }
        }
    }
    return true;
}

}  // namespace crystallite
