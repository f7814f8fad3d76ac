#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordDrift(Recorder& recorder, const Tuning& tuning, const DriftArgs& args) {
    constexpr uint32_t kLooks = 3;  // for the largest, for the sums, to keep
    const Device& device = recorder.device();
    const Team team = vocabularyTeam(tuning, args.logits.columns, args.forbidden.count, kLooks);
    forEachStretch(args.logits.rows, rowsPerDispatch(device, {args.logits, args.kept}), [&](uint32_t first, uint32_t count) {
        const BoundView logits = bind(device, args.logits.rowRange(first, count), Access::Read);
        const BoundView kept = bind(device, args.kept.rowRange(first, count), Access::ReadWrite);
        // An empty list may have no buffer; something must be bound.
        const bool isEmpty = args.forbidden.count == 0;
        const BoundView forbidden =
            isEmpty ? logits : bindWords(device, *args.forbidden.buffer, args.forbidden.offsetBytes, args.forbidden.count, Access::Read);
        const BoundView out = bindWords(device, *args.out, args.outOffsetBytes + uint64_t{first} * sizeof(float), count, Access::Write);
        const params::DriftParams params{.vocabulary = args.logits.columns,
                                         .forbidden = args.forbidden.count,
                                         .logitsOffset = logits.firstElement,
                                         .logitsStride = args.logits.rowStride,
                                         .keptOffset = kept.firstElement,
                                         .keptStride = args.kept.rowStride,
                                         .forbiddenOffset = forbidden.firstElement,
                                         .outOffset = out.firstElement};
        recorder.dispatch({.shader = team.subgroup ? shaders::drift : shaders::drift_shared,
                           .constants = {team.lanes},
                           .buffers = {logits.range, kept.range, forbidden.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = count},
                           .work = 8.0 * kLooks * count * args.logits.columns});
    });
}

}  // namespace crystallite
