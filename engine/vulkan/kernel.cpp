#include "engine/vulkan/kernel.h"

#include "engine/vulkan/check.h"

#include <string>

namespace crystallite {
namespace {

SetLayoutHandle createSetLayout(VkDevice device, std::span<const VkDescriptorType> bindings) {
    std::vector<VkDescriptorSetLayoutBinding> buffers(bindings.size());
    for (uint32_t i = 0; i < bindings.size(); ++i) {
        buffers[i] = {.binding = i, .descriptorType = bindings[i], .descriptorCount = 1, .stageFlags = VK_SHADER_STAGE_COMPUTE_BIT};
    }
    const VkDescriptorSetLayoutCreateInfo info{.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO,
                                               .flags = VK_DESCRIPTOR_SET_LAYOUT_CREATE_PUSH_DESCRIPTOR_BIT_KHR,
                                               .bindingCount = static_cast<uint32_t>(bindings.size()),
                                               .pBindings = buffers.data()};
    VkDescriptorSetLayout layout = VK_NULL_HANDLE;
    check(vkCreateDescriptorSetLayout(device, &info, nullptr, &layout), "vkCreateDescriptorSetLayout");
    return {device, layout};
}

PipelineLayoutHandle createLayout(VkDevice device, VkDescriptorSetLayout setLayout, uint32_t paramBytes) {
    const VkPushConstantRange params{.stageFlags = VK_SHADER_STAGE_COMPUTE_BIT, .size = paramBytes};
    const VkPipelineLayoutCreateInfo info{.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO,
                                          .setLayoutCount = 1,
                                          .pSetLayouts = &setLayout,
                                          .pushConstantRangeCount = 1,
                                          .pPushConstantRanges = &params};
    VkPipelineLayout layout = VK_NULL_HANDLE;
    check(vkCreatePipelineLayout(device, &info, nullptr, &layout), "vkCreatePipelineLayout");
    return {device, layout};
}

ShaderModuleHandle createModule(VkDevice device, const ShaderCode& code) {
    const VkShaderModuleCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO, .codeSize = code.words.size_bytes(), .pCode = code.words.data()};
    VkShaderModule module = VK_NULL_HANDLE;
    check(vkCreateShaderModule(device, &info, nullptr, &module), code.name);
    return {device, module};
}

PipelineHandle createPipeline(const Device& device, VkPipelineCache cache, const ShaderCode& code, const Specialisation& constants,
                              VkPipelineLayout layout) {
    const ShaderModuleHandle module = createModule(device.get(), code);
    // Shaders that use subgroups have workgroups of one subgroup, provided that the driver does not choose a smaller one.
    const VkPipelineShaderStageRequiredSubgroupSizeCreateInfoEXT subgroup{
        .sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_REQUIRED_SUBGROUP_SIZE_CREATE_INFO_EXT,
        .requiredSubgroupSize = device.traits().subgroupLanes};
    std::vector<VkSpecializationMapEntry> entries(constants.size());
    for (uint32_t i = 0; i < entries.size(); ++i) {
        entries[i] = {.constantID = i, .offset = i * static_cast<uint32_t>(sizeof(uint32_t)), .size = sizeof(uint32_t)};
    }
    const VkSpecializationInfo specialisation{.mapEntryCount = static_cast<uint32_t>(entries.size()),
                                              .pMapEntries = entries.data(),
                                              .dataSize = constants.size() * sizeof(uint32_t),
                                              .pData = constants.data()};
    const VkComputePipelineCreateInfo info{.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO,
                                           .stage = {.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
                                                     .pNext = subgroup.requiredSubgroupSize > 0 ? &subgroup : nullptr,
                                                     .stage = VK_SHADER_STAGE_COMPUTE_BIT,
                                                     .module = module.get(),
                                                     .pName = "main",
                                                     .pSpecializationInfo = &specialisation},
                                           .layout = layout};
    VkPipeline pipeline = VK_NULL_HANDLE;
    const std::string what = std::string("compiling the shader ") + code.name;
    check(vkCreateComputePipelines(device.get(), cache, 1, &info, nullptr, &pipeline), what.c_str());
    return {device.get(), pipeline};
}

PipelineCacheHandle createPipelineCache(VkDevice device) {
    const VkPipelineCacheCreateInfo info{.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO};
    VkPipelineCache cache = VK_NULL_HANDLE;
    check(vkCreatePipelineCache(device, &info, nullptr, &cache), "vkCreatePipelineCache");
    return {device, cache};
}

}  // namespace

Kernel::Kernel(const Device& device, VkPipelineCache cache, const ShaderCode& code, const Specialisation& constants,
               std::span<const VkDescriptorType> bindings, uint32_t paramBytes)
    : setLayout_(createSetLayout(device.get(), bindings)),
      layout_(createLayout(device.get(), setLayout_.get(), paramBytes)),
      pipeline_(createPipeline(device, cache, code, constants, layout_.get())) {}

KernelCache::KernelCache(const Device& device) : device_(device), pipelineCache_(createPipelineCache(device.get())) {}

const Kernel& KernelCache::get(const ShaderCode& code, const Specialisation& constants, std::span<const VkDescriptorType> bindings,
                               uint32_t paramBytes) {
    const std::pair key{code.words.data(), constants};
    auto found = kernels_.find(key);
    if (found == kernels_.end()) {
        found = kernels_.emplace(key, Kernel(device_, pipelineCache_.get(), code, constants, bindings, paramBytes)).first;
    }
    return found->second;
}

}  // namespace crystallite
