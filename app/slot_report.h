#pragma once

#include "app/slot_history.h"
#include "engine/trace/trace.h"

#include <optional>

namespace crystallite {

enum class SlotState : uint8_t {
    Prompt,
    Pinned,
    Masked,
    Held,  ///< a token that the run wrote
    Room,
};

/// What the belief of a report is about.
enum class BeliefBasis : uint8_t {
    None,
    OpenSlot,  ///< the masked slot, in the frame's own step
    AtChange,  ///< frozen: the slot in the step that wrote its token. A token that was not asked about has no newer belief
    Token,     ///< the token, in the frame's own step: of a model that is trained to exchange tokens
};

/// Everything that the inspector says about one slot at one frame, taken from the trace.
struct SlotReport {
    uint32_t position = 0;
    uint32_t frame = 0;
    SlotState state = SlotState::Masked;
    std::optional<TokenId> token;             ///< when visible
    std::optional<Trace::DatedEvent> change;  ///< the last one at or before the frame
    bool changedByHand = false;               ///< a person made it
    BeliefBasis basis = BeliefBasis::None;
    std::optional<SlotBelief> belief;
    uint32_t beliefStep = 0;        ///< 0: no belief
    float otherProbability = 0.0F;  ///< 1 - sum of the recorded candidates
    /// Place among the eligible slots of that step by the score of the order, 1 first; nothing when not eligible.
    std::optional<uint32_t> rank;
    uint32_t eligible = 0;
    uint32_t commitsOfStep = 0;
    SlotHistory history;  ///< of all recorded steps

    [[nodiscard]] bool changedInFrame() const { return change && change->step == frame; }
    /// The newest step up to the frame that asked about the slot; 0: none.
    [[nodiscard]] uint32_t lastAsked() const;
};

[[nodiscard]] SlotReport reportSlot(const Trace& trace, uint32_t position, uint32_t frame);

/// exp(H): how many equally likely words have this entropy.
[[nodiscard]] double equivalentWords(float entropyNats);

}  // namespace crystallite
