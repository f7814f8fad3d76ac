#pragma once

#include "engine/backend/tensor.h"
#include "engine/vulkan/recorder.h"

#include <algorithm>
#include <initializer_list>

namespace crystallite {

/// A view made ready for a dispatch: the range to bind, which starts at an allowed offset, and where in it the view begins.
struct BoundView {
    BoundRange range;
    uint32_t firstElement = 0;
};

BoundView bind(const Device& device, const Tensor& tensor, Access access);

/// A weight in any format made ready for a dispatch. `first` and `stride` count what its shader counts (shaders/formats/weights.glsl):
/// elements, or bytes where they come in blocks.
struct BoundWeights {
    BoundRange range;
    uint32_t first = 0;
    uint32_t stride = 0;  ///< from row to row
};
BoundWeights bindWeights(const Device& device, const Tensor& weights);

/// The same for shaders that fetch texels; these see all of the buffer. Only where hasTexels().
BoundView asTexels(const BoundView& view);
BoundWeights asTexels(const Device& device, const Tensor& weights);
bool hasTexels(const Tensor& tensor);

/// For tensors that an operation must see in one piece, to read. Throws GpuError when that exceeds the device.
BoundView bindWhole(const Device& device, const Tensor& tensor);
/// `words` 32-bit words at `offsetBytes` of `buffer`.
BoundView bindWords(const Device& device, const Buffer& buffer, uint64_t offsetBytes, uint64_t words, Access access);

/// Rows of the largest stretch that can be bound of every one of `tensors`. Throws GpuError when one row alone is too long.
uint32_t rowsPerBinding(const Device& device, std::initializer_list<Tensor> tensors);

/// Vulkan guarantees this many workgroups along each axis.
inline constexpr uint32_t kMaxGroups = 65535;

/// rowsPerBinding() for operations that give each row a workgroup of its own.
uint32_t rowsPerDispatch(const Device& device, std::initializer_list<Tensor> tensors);

/// Calls work(first, count) for stretches of at most `perStretch` that cover 0..total.
template <typename Work>
void forEachStretch(uint32_t total, uint32_t perStretch, Work&& work) {
    for (uint32_t first = 0; first < total;) {
        const uint32_t count = std::min(perStretch, total - first);
        work(first, count);
        first += count;
    }
}

constexpr uint32_t ceilDivide(uint32_t value, uint32_t divisor) {
    return value / divisor + (value % divisor != 0 ? 1 : 0);
}

}  // namespace crystallite
