#pragma once

#include "engine/trace/trace.h"

#include <array>
#include <cstdint>
#include <optional>

namespace crystallite {

enum class CellState : uint8_t {
    Masked,  ///< open; no belief recorded, or no candidate likely enough to draw
    Guess,   ///< open, with ghosts
    Held,    ///< holds a token; with ghosts where the pass could have exchanged it and so was asked about it
    Absent,  ///< behind the text; nothing is drawn
};

/// What happened to the slot in the step that made this frame.
enum class CellChange : uint8_t { None, Committed, Remasked, Edited };

/// Steps since the token was committed, in classes.
enum class AgeClass : uint8_t { None, Young, Settled, Old };

/// One candidate drawn in an open slot.
struct Ghost {
    TokenId id = 0;
    float probability = 0.0F;
    float opacity = 0.0F;
    friend bool operator==(const Ghost&, const Ghost&) = default;
};

struct VisualSettings {
    bool detailScale = false;  ///< fill over 0..kDetailNats in place of 0..ln(vocabulary)
    bool shifts = false;       ///< CellVisual::shift is worked out
    friend bool operator==(const VisualSettings&, const VisualSettings&) = default;
};

inline constexpr float kDetailNats = 4.0F;
inline constexpr float kLeastDrawnProbability = 0.10F;  ///< a likeliest candidate below it is not drawn: the slot shows the mask mark
inline constexpr uint32_t kYoungSteps = 2;              ///< up to this many steps since the commit
inline constexpr uint32_t kSettledSteps = 8;

/// Everything that is drawn of one slot at one frame, as numbers. Each comes from a field of the trace, named beside it; a number that
/// the trace does not hold is absent, and nothing is drawn for it.
struct CellVisual {
    CellState state = CellState::Masked;
    CellChange change = CellChange::None;    ///< events of the record
    SlotRegion region = SlotRegion::Answer;  ///< canvas
    AgeClass age = AgeClass::None;           ///< frame - step of the last commit or edit
    bool end = false;                        ///< end ids of the header
    bool control = false;
    bool eligible = true;  ///< eligible range of the record; open slots past it are dimmed

    std::array<Ghost, kRecordedCandidates> ghosts{};  ///< belief: candidates, likeliest first
    uint32_t ghostCount = 0;
    uint32_t shards = 0;           ///< round(exp(entropy)), at most the recorded candidates; 0 without a belief
    float otherMass = 0.0F;        ///< 1 - sum of the probabilities of the first `shards` candidates
    std::optional<float> entropy;  ///< belief, nats
    std::optional<float> fill;     ///< entropy on the fixed scale, 0..1
    float margin = 0.0F;           ///< belief: p1 - p2
    float blur = 0.0F;             ///< 0..1 of the widest blur; 1 - margin
    float probability = 0.0F;      ///< event: at commit, frozen
    uint32_t notch = 0;            ///< class 1..4 of `probability`; 0: not committed in this run
    uint32_t changedStep = 0;      ///< step of the last change; 0: as at the start
    uint32_t revisions = 0;        ///< remasks and edits so far
    bool byHand = false;           ///< a person made the last change
    uint32_t queue = 0;            ///< place among the slots that a person wants to be committed next, 1 first; 0: not one of them
    std::optional<float> shift;    ///< beliefShift() from the step before, nats; of open slots that both steps asked about

    [[nodiscard]] bool locked() const { return region != SlotRegion::Answer; }
    [[nodiscard]] bool open() const { return state == CellState::Masked || state == CellState::Guess; }
    friend bool operator==(const CellVisual&, const CellVisual&) = default;
};

/// Opacity of the likeliest candidate, linear from 0.15 at p = 0 to 0.85 at p = 1.
[[nodiscard]] float ghostOpacity(float probability);
/// Top of the scale of fillOf(), in nats: ln(vocabulary), or kDetailNats.
[[nodiscard]] float greatestEntropy(uint32_t vocabulary, const VisualSettings& settings);
/// Entropy in nats over 0..greatestEntropy(); clamped to 0..1.
[[nodiscard]] float fillOf(float entropy, uint32_t vocabulary, const VisualSettings& settings);
/// Quarters of 0..1: class 1 below 0.25 up to class 4 from 0.75 on.
[[nodiscard]] uint32_t notchClass(float probability);
/// exp(entropy), rounded: how many words still live here. At least 1, at most `recorded`.
[[nodiscard]] uint32_t shardCount(float entropy, uint32_t recorded);

/// Slots of the answer: those that were open at first.
[[nodiscard]] uint32_t answerSlots(const Canvas& canvas);

/// What slot `position` looks like at `frame`. Open slots show the belief of the pass that led to the frame, or to the changes by hand that
/// led to it. So does a token that this pass
/// could have exchanged and did not: a trace has beliefs about visible tokens only where the model is trained to revise them (LLaDA2.1).
/// A draft token of a uniform-noise model has no state here: a trace knows a mask or a token, and no family of the engine starts from
/// noise.
[[nodiscard]] CellVisual visualAt(const Trace& trace, uint32_t frame, uint32_t position, const VisualSettings& settings);

}  // namespace crystallite
