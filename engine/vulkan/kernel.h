#pragma once

#include "engine/vulkan/device.h"
#include "engine/vulkan/handle.h"

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace crystallite {

/// SPIR-V of one shader, embedded in the program. Entry point `main`; buffers, as storage or as texels, at bindings 0..n-1 of set 0.
struct ShaderCode {
    const char* name = "";
    std::span<const uint32_t> words;
};

/// Values of the specialisation constants 0, 1, 2, …; every constant of every shader is a 32-bit word.
using Specialisation = std::vector<uint32_t>;

/// A compute pipeline whose buffers are pushed with each dispatch.
class Kernel {
public:
    Kernel(const Device& device, VkPipelineCache cache, const ShaderCode& code, const Specialisation& constants,
           std::span<const VkDescriptorType> bindings, uint32_t paramBytes);

    [[nodiscard]] VkPipeline pipeline() const { return pipeline_.get(); }
    [[nodiscard]] VkPipelineLayout layout() const { return layout_.get(); }

private:
    SetLayoutHandle setLayout_;
    PipelineLayoutHandle layout_;
    PipelineHandle pipeline_;
};

/// Kernels by shader and specialisation, made at first use. Bindings and parameter size belong to the shader, so they are no key.
class KernelCache {
public:
    explicit KernelCache(const Device& device);

    const Kernel& get(const ShaderCode& code, const Specialisation& constants, std::span<const VkDescriptorType> bindings,
                      uint32_t paramBytes);

private:
    const Device& device_;  // outlives the cache: both are members of the backend
    PipelineCacheHandle pipelineCache_;
    std::map<std::pair<const uint32_t*, Specialisation>, Kernel> kernels_;
};

}  // namespace crystallite
