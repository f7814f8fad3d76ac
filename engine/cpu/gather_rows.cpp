#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <cstring>

namespace crystallite {

void gatherRows(CpuWorkers& workers, const GatherRowsArgs& args) {
    const std::span<const uint32_t> rows = indicesOf(args.rows);
    ENGINE_ASSERT(args.out.rows == rows.size() && args.out.columns == args.x.columns);
    workers.forEachRow(args.out.rows, args.out.columns, [&](uint32_t row, uint32_t /*thread*/) {
        std::memcpy(writableFloatsOf(args.out, row), floatsOf(args.x, rows[row]), args.out.columns * sizeof(float));
    });
}

}  // namespace crystallite
