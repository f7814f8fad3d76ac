#include "engine/vulkan/binding.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/params.h"
#include "shaders/shaders.h"

namespace crystallite {
namespace {

constexpr uint32_t kHeld = 8;  // best ids that a lane of candidates.glsl keeps: enough for the usual count without a second look

}  // namespace

Team vocabularyTeam(const Tuning& tuning, uint32_t vocabulary, uint32_t forbidden, uint64_t looks) {
    constexpr uint64_t kTurnsAllowed = 60000;
    const uint64_t lanes = tuning.candidates.lanes;
    // Each lane walks the forbidden ids once; at worst no two of them move at the same time.
    const uint64_t turnsPerLook = vocabulary / (4 * lanes) + forbidden * lanes + 1;
    return looks * turnsPerLook <= kTurnsAllowed ? tuning.candidates : tuning.candidatesOfManyIds;
}

void recordCandidates(Recorder& recorder, const Tuning& tuning, const CandidatesArgs& args) {
    const Device& device = recorder.device();
    // At all ids for the best, the sums and the draw, then for more of the best.
    const Team team = vocabularyTeam(tuning, args.logits.columns, args.forbidden.count, 3 + args.count / kHeld);
    const uint32_t rowWords = candidateRowWords(args.count);
    const BoundView positions = bindWords(device, *args.positions.buffer, args.positions.offsetBytes, args.logits.rows, Access::Read);
    // An empty list may have no buffer; something must be bound.
    const bool isEmpty = args.forbidden.count == 0;
    const BoundView forbidden =
        isEmpty ? positions : bindWords(device, *args.forbidden.buffer, args.forbidden.offsetBytes, args.forbidden.count, Access::Read);
    forEachStretch(args.logits.rows, rowsPerDispatch(device, {args.logits}), [&](uint32_t first, uint32_t count) {
        const BoundView logits = bind(device, args.logits.rowRange(first, count), Access::Read);
        const uint64_t outBytes = uint64_t{first} * rowWords * sizeof(uint32_t);
        const BoundView out = bindWords(device, *args.out, args.outOffsetBytes + outBytes, uint64_t{count} * rowWords, Access::Write);
        const params::CandidatesParams params{.vocabulary = args.logits.columns,
                                              .count = args.count,
                                              .forbidden = args.forbidden.count,
                                              .logitsOffset = logits.firstElement,
                                              .logitsStride = args.logits.rowStride,
                                              .forbiddenOffset = forbidden.firstElement,
                                              .positionsOffset = positions.firstElement + first,
                                              .outOffset = out.firstElement,
                                              .temperature = args.noise.temperature,
                                              .seedLow = static_cast<uint32_t>(args.noise.seed),
                                              .seedHigh = static_cast<uint32_t>(args.noise.seed >> 32),
                                              .step = args.noise.step};
        recorder.dispatch({.shader = team.subgroup ? shaders::candidates : shaders::candidates_shared,
                           .constants = {team.lanes, kHeld},
                           .buffers = {logits.range, forbidden.range, positions.range, out.range},
                           .params = paramBytes(params),
                           .groups = {.x = count},
                           .work = 8.0 * count * args.logits.columns * (3 + args.count)});
    });
}

}  // namespace crystallite
