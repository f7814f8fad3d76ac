#include "engine/model/forward_buffers.h"

#include <algorithm>

namespace crystallite {

Result<void> ensureWords(Backend& backend, std::unique_ptr<Buffer>& buffer, uint64_t words, MemoryUse use) {
    const uint64_t bytes = std::max<uint64_t>(words, 1) * sizeof(uint32_t);
    if (buffer && buffer->bytes() >= bytes) {
        return {};
    }
    buffer.reset();
    auto allocated = backend.allocate(bytes, use);
    if (!allocated) {
        return allocated.error();
    }
    buffer = std::move(*allocated);
    return {};
}

}  // namespace crystallite
