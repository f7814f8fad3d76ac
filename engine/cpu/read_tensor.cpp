#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <cstring>

namespace crystallite {

void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) {
    ENGINE_ASSERT(x.rowStride == x.columns);
    const Tensor copy = denseTensor(out, x.rows, x.columns, outOffsetBytes);
    std::memcpy(writableFloatsOf(copy), floatsOf(x), size_t{x.rows} * x.columns * sizeof(float));
}

}  // namespace crystallite
