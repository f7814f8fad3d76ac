#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kColumnsPerGroup = 64;  // local size of gather_rows.glsl

/// out[i, :] (+)= table[indices[i], :]
void recordGather(Recorder& recorder, const Tensor& table, const IndexView& indices, const Tensor& out, EmbedResult result) {
    const Device& device = recorder.device();
    const auto gather = [&](uint32_t firstTableRow, uint32_t tableRows, uint32_t firstOut, uint32_t count) {
        const BoundWeights from = bindWeights(device, table.rowRange(firstTableRow, tableRows));
        const BoundView index = bindWords(device, *indices.buffer, indices.offsetBytes + firstOut * sizeof(uint32_t), count, Access::Read);
        const BoundView to =
            bind(device, out.rowRange(firstOut, count), result == EmbedResult::AddToOut ? Access::ReadWrite : Access::Write);
        const params::GatherRowsParams params{.firstRow = firstTableRow,
                                              .tableRows = tableRows,
                                              .columns = out.columns,
                                              .count = count,
                                              .tableOffset = from.first,
                                              .tableStride = from.stride,
                                              .indexOffset = index.firstElement,
                                              .outOffset = to.firstElement,
                                              .outStride = out.rowStride,
                                              .addToOut = result == EmbedResult::AddToOut ? 1U : 0U};
        recorder.dispatch({.shader = shaders::gather_rows(table.format),
                           .buffers = {from.range, index.range, to.range},
                           .params = paramBytes(params),
                           .groups = {.x = ceilDivide(out.columns, kColumnsPerGroup), .y = count},
                           .work = 1.0 * count * out.columns});
    };
    // Every stretch of the table serves the indices that lie in it.
    forEachStretch(out.rows, rowsPerDispatch(device, {out}), [&](uint32_t firstOut, uint32_t count) {
        forEachStretch(table.rows, rowsPerBinding(device, {table}),
                       [&](uint32_t firstTableRow, uint32_t tableRows) { gather(firstTableRow, tableRows, firstOut, count); });
    });
}

}  // namespace

void recordEmbed(Recorder& recorder, const EmbedArgs& args) {
    recordGather(recorder, args.table, args.tokens, args.out, args.result);
}

void recordGatherRows(Recorder& recorder, const GatherRowsArgs& args) {
    recordGather(recorder, args.x, args.rows, args.out, EmbedResult::Store);
}

}  // namespace crystallite
