#include "engine/backend/tensor.h"

#include "engine/base/assert.h"

namespace crystallite {

Tensor Tensor::rowRange(uint32_t first, uint32_t count) const {
    ENGINE_ASSERT(uint64_t{first} + count <= rows);
    Tensor view = *this;
    view.offsetBytes += first * rowBytes(format, rowStride);
    view.rows = count;
    return view;
}

Tensor Tensor::columnRange(uint32_t first, uint32_t count) const {
    ENGINE_ASSERT(format == WeightFormat::F32 && uint64_t{first} + count <= columns);
    Tensor view = *this;
    view.offsetBytes += first * sizeof(float);
    view.columns = count;
    return view;
}

Tensor denseTensor(const Buffer& buffer, uint32_t rows, uint32_t columns, uint64_t offsetBytes) {
    ENGINE_ASSERT(offsetBytes + uint64_t{rows} * columns * sizeof(float) <= buffer.bytes());
    return {
        .buffer = &buffer, .offsetBytes = offsetBytes, .format = WeightFormat::F32, .rows = rows, .columns = columns, .rowStride = columns};
}

}  // namespace crystallite
