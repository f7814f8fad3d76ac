#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

namespace crystallite {

void pick(CpuWorkers& /*workers*/, const PickArgs& args) {
    const std::span<const uint32_t> ids = indicesOf(args.ids);
    ENGINE_ASSERT(ids.size() == args.logits.rows);
    auto* out = reinterpret_cast<float*>(writableBytes(*args.out, args.outOffsetBytes, ids.size_bytes()).data());
    for (uint32_t row = 0; row < args.logits.rows; ++row) {
        ENGINE_ASSERT(ids[row] < args.logits.columns);
        out[row] = floatsOf(args.logits, row)[ids[row]];
    }
}

}  // namespace crystallite
