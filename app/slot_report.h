#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <optional>
#include <vector>

namespace crystallite {

enum class SlotState { Prompt, Pinned, Masked, JustCommitted, Committed, Room };

/// One point of a slot's life; only steps in which it was masked have one, because a visible token has no measured belief.
struct SlotMoment {
    uint32_t step = 0;
    float entropy = 0.0F;         ///< nats
    float topProbability = 0.0F;  ///< of the best guess
};

/// Everything the inspector says about one slot at one frame, taken from the trace.
struct SlotReport {
    uint32_t position = 0;
    uint32_t frame = 0;
    SlotState state = SlotState::Masked;
    std::optional<TokenId> token;  ///< when visible
    /// The belief that is shown: of the frame's own step, or, for a token, of the step that committed it.
    std::optional<SlotBelief> belief;
    uint32_t beliefStep = 0;        ///< 0: no belief
    float otherProbability = 0.0F;  ///< 1 - sum of the recorded candidates
    /// Place among the eligible masked slots of that step by the score of the order, 1 first; nothing when not eligible.
    std::optional<uint32_t> rank;
    uint32_t eligible = 0;
    uint32_t commitsOfStep = 0;
    std::optional<Trace::DatedEvent> commit;  ///< the change that made it visible, at or before the frame
    std::vector<SlotMoment> moments;          ///< of all recorded steps
};

[[nodiscard]] SlotReport reportSlot(const Trace& trace, uint32_t position, uint32_t frame);

/// "masked", "committed at step 7 with p 0.93", …
[[nodiscard]] QString stateText(const SlotReport& report);
/// Why the slot was, or was not, committed in the step of the report.
[[nodiscard]] QString decisionText(const SlotReport& report, const Trace& trace);
/// The report as tab separated values, one line per quantity and candidate, with a header line.
[[nodiscard]] QString reportAsTsv(const SlotReport& report, const Trace& trace);

/// exp(H): how many equally likely words have this entropy.
[[nodiscard]] double equivalentWords(float entropyNats);

}  // namespace crystallite
