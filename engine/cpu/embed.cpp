#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

namespace crystallite {

void embed(CpuWorkers& workers, const EmbedArgs& args) {
    const std::span<const uint32_t> tokens = indicesOf(args.tokens);
    ENGINE_ASSERT(args.out.rows == tokens.size() && args.out.columns == args.table.columns);
    workers.forEachRow(args.out.rows, args.out.columns, [&](uint32_t row, uint32_t /*thread*/) {
        unpackRow(args.table.format, storedRow(args.table, tokens[row]), writableFloatsOf(args.out, row), args.out.columns);
    });
}

}  // namespace crystallite
