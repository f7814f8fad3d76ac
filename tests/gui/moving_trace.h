#pragma once

#include "engine/trace/trace.h"

#include <vector>

namespace crystallite::testing {

/// Keys of the slots of movingTrace(): two that were open at first, and the one that step 1 puts in front of them.
inline constexpr uint32_t kFirstKey = 1;
inline constexpr uint32_t kSecondKey = 2;
inline constexpr uint32_t kInsertedKey = 4;

inline SlotBelief guessAt(uint32_t position, TokenId guess) {
    return {.position = position, .candidates = {{.id = guess, .probability = 0.5F}}, .entropy = 1.0F, .sampledId = guess};
}

/// A text whose slots move. Step 1 inserts a slot behind the prompt, which pushes the two open ones right; step 2 changes nothing, and
/// believes in the same tokens at other positions; in step 3 the last slot's likeliest token becomes another; step 4 commits that slot.
inline Trace movingTrace() {
    constexpr TokenId kMask = 0;
    TraceHeader header{.vocabulary = 100, .maskId = kMask};
    header.settings.length = 2;
    header.settings.steps = 4;
    Trace trace(header, Canvas(std::vector<TokenId>{10}, 2, kMask, {}, 1), {{10, "Once"}, {13, " upon"}, {kMask, "<mask>"}}, {kMask});
    const auto step = [&trace](std::vector<SlotBelief> beliefs, std::vector<SlotEvent> events, int unmasked) {
        const uint32_t before = trace.canvas(trace.steps()).maskedCount();
        trace.append({.number = trace.steps() + 1,
                      .eligibleBegin = 1,
                      .eligibleEnd = 3,
                      .maskedBefore = before,
                      .maskedAfter = static_cast<uint32_t>(static_cast<int>(before) - unmasked),
                      .beliefs = std::move(beliefs),
                      .events = std::move(events)});
    };
    step({guessAt(1, 11), guessAt(2, 12)}, {{.kind = EventKind::Insert, .position = 1, .before = kMask, .after = kMask}}, -1);
    step({guessAt(1, 14), guessAt(2, 11), guessAt(3, 12)}, {}, 0);
    step({guessAt(1, 14), guessAt(2, 11), guessAt(3, 13)}, {}, 0);
    step({guessAt(1, 14), guessAt(2, 11), guessAt(3, 13)}, {{.kind = EventKind::Commit, .position = 3, .before = kMask, .after = 13}}, 1);
    return trace;
}

}  // namespace crystallite::testing
