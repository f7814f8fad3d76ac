#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace crystallite {

// What a run can be followed until. All of them are about one step: what it believed, changed and left behind.

/// Masked slots among the slots of the answer (those that were not given), 0..1.
struct MaskedShareBelow {
    double share = 0.0;
    friend bool operator==(const MaskedShareBelow&, const MaskedShareBelow&) = default;
};
/// Mean entropy over the beliefs of the step; a step that asked nobody has none.
struct MeanEntropyBelow {
    double nats = 0.0;
    friend bool operator==(const MeanEntropyBelow&, const MeanEntropyBelow&) = default;
};
/// A token is masked again or exchanged.
struct AnyRevision {
    friend bool operator==(const AnyRevision&, const AnyRevision&) = default;
};
struct SlotCommits {
    uint32_t key = 0;  ///< Canvas::key
    friend bool operator==(const SlotCommits&, const SlotCommits&) = default;
};
/// The answer contains these bytes; a masked slot is no text.
struct TextContains {
    std::string text;
    friend bool operator==(const TextContains&, const TextContains&) = default;
};
struct NextBlock {
    friend bool operator==(const NextBlock&, const NextBlock&) = default;
};

using StopCondition = std::variant<MaskedShareBelow, MeanEntropyBelow, AnyRevision, SlotCommits, TextContains, NextBlock>;

/// Whether step `frame` (1..steps) fulfils it.
[[nodiscard]] bool fulfils(const StopCondition& condition, const Trace& trace, uint32_t frame);

/// The first frame after `frame` that fulfils it.
[[nodiscard]] std::optional<uint32_t> nextFulfilling(const StopCondition& condition, const Trace& trace, uint32_t frame);

}  // namespace crystallite
