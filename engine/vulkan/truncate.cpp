#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {

void recordTruncate(Recorder& recorder, const Tuning& tuning, const TruncateArgs& args) {
    // To divide, for the sum, for each bit of the order of floats, and to cut.
    constexpr uint32_t kLooks = 35;
    const Device& device = recorder.device();
    const Team team = vocabularyTeam(tuning, args.logits.columns, args.forbidden.count, kLooks);
    forEachStretch(args.logits.rows, rowsPerDispatch(device, {args.logits}), [&](uint32_t first, uint32_t count) {
        const BoundView logits = bind(device, args.logits.rowRange(first, count), Access::ReadWrite);
        // An empty list may have no buffer; something must be bound.
        const BoundView forbidden = args.forbidden.count == 0 ? logits
                                                              : bindWords(device, *args.forbidden.buffer, args.forbidden.offsetBytes,
                                                                          args.forbidden.count, Access::Read);
        const params::TruncateParams params{.vocabulary = args.logits.columns,
                                            .forbidden = args.forbidden.count,
                                            .logitsOffset = logits.firstElement,
                                            .logitsStride = args.logits.rowStride,
                                            .forbiddenOffset = forbidden.firstElement,
                                            .topK = args.topK,
                                            .temperature = args.temperature,
                                            .topP = args.topP,
                                            .cutLogit = kCutLogit};
        recorder.dispatch({.shader = team.subgroup ? shaders::truncate : shaders::truncate_shared,
                           .constants = {team.lanes},
                           .buffers = {logits.range, forbidden.range},
                           .params = paramBytes(params),
                           .groups = {.x = count},
                           .work = 4.0 * kLooks * count * args.logits.columns});
    });
}

}  // namespace crystallite
