#include "engine/vulkan/binding.h"

#include "engine/base/assert.h"
#include "engine/vulkan/check.h"

#include <string>

namespace crystallite {
namespace {

uint64_t elementBytes(WeightFormat format) {
    ENGINE_ASSERT(!isQuantized(format));
    return layoutOf(format).bytesPerBlock;
}

uint64_t bytesOf(const Tensor& tensor) {
    return (tensor.rows - uint64_t{1}) * rowBytes(tensor.format, tensor.rowStride) + rowBytes(tensor.format, tensor.columns);
}

BoundView bindBytes(const Device& device, const Buffer* buffer, uint64_t offsetBytes, uint64_t bytes, uint64_t bytesPerElement,
                    Access access) {
    const VulkanBuffer& own = vulkanBuffer(buffer);
    const uint64_t start = offsetBytes - offsetBytes % device.traits().storageOffsetAlignment;
    // Shaders read whole words; the buffer's end is aligned, the view's need not be.
    const uint64_t endOfView = std::min((offsetBytes + bytes + 3) / 4 * 4, own.bytes());
    ENGINE_ASSERT(offsetBytes + bytes <= own.bytes() && endOfView - start <= device.traits().storageRangeBytes);
    const uint64_t end = device.traits().bindsBeyondViews ? std::min(own.bytes(), start + device.traits().storageRangeBytes) : endOfView;
    return {.range = {.buffer = &own, .offsetBytes = start, .bytes = end - start, .access = access},
            .firstElement = static_cast<uint32_t>((offsetBytes - start) / bytesPerElement)};
}

}  // namespace

BoundView bind(const Device& device, const Tensor& tensor, Access access) {
    return bindBytes(device, tensor.buffer, tensor.offsetBytes, bytesOf(tensor), elementBytes(tensor.format), access);
}

BoundWeights bindWeights(const Device& device, const Tensor& weights) {
    const uint64_t unit = isQuantized(weights.format) ? 1 : elementBytes(weights.format);
    const BoundView view = bindBytes(device, weights.buffer, weights.offsetBytes, bytesOf(weights), unit, Access::Read);
    return {.range = view.range,
            .first = view.firstElement,
            .stride = static_cast<uint32_t>(rowBytes(weights.format, weights.rowStride) / unit)};
}

BoundView asTexels(const BoundView& view) {
    BoundView texels = view;
    texels.range.reading = Reading::Floats;
    texels.firstElement += static_cast<uint32_t>(view.range.offsetBytes / sizeof(float));
    return texels;
}

BoundWeights asTexels(const Device& device, const Tensor& weights) {
    BoundWeights texels = bindWeights(device, weights);
    texels.range.reading = Reading::Words;
    texels.first += static_cast<uint32_t>(texels.range.offsetBytes / (isQuantized(weights.format) ? 1 : elementBytes(weights.format)));
    return texels;
}

bool hasTexels(const Tensor& tensor) {
    return vulkanBuffer(tensor.buffer).words() != VK_NULL_HANDLE;
}

BoundView bindWhole(const Device& device, const Tensor& tensor) {
    if (tensor.rows > rowsPerBinding(device, {tensor})) {
        throw GpuError({ErrorKind::Unsupported, "a tensor of " + std::to_string(tensor.rows) + " rows exceeds the " +
                                                    std::to_string(device.traits().storageRangeBytes >> 20) +
                                                    " MiB that a shader of this device may see; take a shorter canvas."});
    }
    return bind(device, tensor, Access::Read);
}

BoundView bindWords(const Device& device, const Buffer& buffer, uint64_t offsetBytes, uint64_t words, Access access) {
    return bindBytes(device, &buffer, offsetBytes, words * sizeof(uint32_t), sizeof(uint32_t), access);
}

uint32_t rowsPerBinding(const Device& device, std::initializer_list<Tensor> tensors) {
    const DeviceTraits& traits = device.traits();
    uint64_t rows = UINT32_MAX;
    for (const Tensor& tensor : tensors) {
        // A range may start up to one alignment before its view and end up to a word after it.
        const uint64_t usable = traits.storageRangeBytes - traits.storageOffsetAlignment - sizeof(uint32_t);
        rows = std::min(rows, usable / rowBytes(tensor.format, tensor.rowStride));
    }
    if (rows == 0) {
        throw GpuError({ErrorKind::Unsupported, "one row of a tensor exceeds the " + std::to_string(traits.storageRangeBytes >> 20) +
                                                    " MiB that a shader of this device may see; choose another device."});
    }
    return static_cast<uint32_t>(rows);
}

uint32_t rowsPerDispatch(const Device& device, std::initializer_list<Tensor> tensors) {
    return std::min(rowsPerBinding(device, tensors), kMaxGroups);
}

}  // namespace crystallite
