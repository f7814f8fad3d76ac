#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <functional>

namespace crystallite {

void embed(CpuWorkers& workers, const EmbedArgs& args) {
    const std::span<const uint32_t> tokens = indicesOf(args.tokens);
    const uint32_t width = args.out.columns;
    ENGINE_ASSERT(args.out.rows == tokens.size() && width == args.table.columns);
    const bool adds = args.result == EmbedResult::AddToOut;
    workers.reserveScratch(adds ? width : 0);
    workers.forEachRow(args.out.rows, width, [&](uint32_t row, uint32_t thread) {
        float* const out = writableFloatsOf(args.out, row);
        float* const stored = adds ? workers.scratch(thread).data() : out;
        unpackRow(args.table.format, storedRow(args.table, tokens[row]), stored, width);
        if (adds) {
            std::transform(stored, stored + width, out, out, std::plus<>());
        }
    });
}

}  // namespace crystallite
