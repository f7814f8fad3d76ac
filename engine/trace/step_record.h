#pragma once

#include "engine/text/tokenizer_data.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace crystallite {

/// Candidates kept per open slot in every record.
inline constexpr uint32_t kRecordedCandidates = 8;

struct Candidate {
    TokenId id = 0;
    float probability = 0.0F;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// What the model believed about one masked slot in one pass. Measured, never invented: a visible token has no belief.
struct SlotBelief {
    uint32_t position = 0;
    std::vector<Candidate> candidates;  ///< falling probability; kRecordedCandidates in a record
    float logSumExp = 0.0F;
    float entropy = 0.0F;  ///< nats
    float margin = 0.0F;   ///< p1 - p2
    TokenId sampledId = 0;
    float sampledProbability = 0.0F;  ///< softmax probability of sampledId, without temperature
    float score = 0.0F;               ///< what the order ranked this slot by; larger commits earlier. NaN: not eligible in this step
    friend bool operator==(const SlotBelief& a, const SlotBelief& b);  ///< bitwise, so that NaN equals NaN
};

enum class EventKind : uint8_t {
    Commit = 1,  ///< mask -> token
    Remask = 2,  ///< token -> mask
    Edit = 3,    ///< token -> other token
    Insert = 4,  ///< a masked slot appears; it and all later ones move right
    Delete = 5,  ///< the slot disappears; all later ones move left. `after` is the mask
    // Of steps by hand alone. They leave the text as it is: `before` and `after` are what the slot holds.
    Pin = 6,     ///< the token belongs to the person from now on; no policy touches it
    Unpin = 7,   ///< it is a token of the answer again
    Prefer = 8,  ///< the masked slot is to be committed before those that nobody preferred, and after those preferred earlier
};

std::string_view nameOf(EventKind kind);  ///< "commit", "remask", "edit", "insert", "delete", "pin", "unpin", "prefer"
/// Whether an event of this kind is a wish about a slot that leaves the text as it is.
bool leavesText(EventKind kind);

/// A change of one slot. The order inside a step is the order of the decisions; `position` is where the slot stands at that moment.
struct SlotEvent {
    EventKind kind = EventKind::Commit;
    uint32_t position = 0;
    TokenId before = 0;
    TokenId after = 0;
    /// Of a commit or an edit, that of `after` at the moment of the change. Of a remask: under WINO that of the token that is withdrawn,
    /// given all others; under ReMDM the chance with which it was withdrawn. Of an insert or a delete, that of the token that asked for it.
    /// By hand: of a token that the model had offered, what it gave it; NaN of everything else.
    float probability = 0.0F;
    friend bool operator==(const SlotEvent&, const SlotEvent&) = default;
};

enum class PassKind : uint8_t {
    Denoise = 1,  ///< gives beliefs
    Refresh = 2,  ///< the same over the whole text, and renews every key and value that is kept
    Prefill = 3,  ///< keeps those of the prompt; may give beliefs about the slot behind it
    Commit = 4,   ///< keeps those of what is finished; the same
};

std::string_view nameOf(PassKind kind);  ///< "denoise", "refresh", "prefill", "commit"

/// A forward pass over rows [first, first + rows) of the text.
struct PassRecord {
    PassKind kind = PassKind::Denoise;
    uint32_t first = 0;
    uint32_t rows = 0;
    [[nodiscard]] uint32_t end() const { return first + rows; }
    /// What the field counts as a function evaluation: a pass that only keeps what is finished is counted apart.
    [[nodiscard]] bool isEvaluation() const { return kind == PassKind::Denoise || kind == PassKind::Refresh; }
    friend bool operator==(const PassRecord&, const PassRecord&) = default;
};

/// One denoising step as a value: what was believed, what was changed, what it cost. `beliefs` is the state *before* `events`.
struct StepRecord {
    uint32_t number = 0;         ///< 1-based; frame n is the canvas after step n, frame 0 the initial canvas
    uint32_t block = 0;          ///< 0-based
    uint32_t eligibleBegin = 0;  ///< slots [begin, end) may be committed in this step
    uint32_t eligibleEnd = 0;
    uint32_t forwardPasses = 1;  ///< NFE of this step: those of `passes` that are evaluations
    uint32_t rowsComputed = 0;   ///< transformer rows over all passes, a shadow's too
    uint32_t maskedBefore = 0;
    uint32_t maskedAfter = 0;
    double milliseconds = 0.0;  ///< wall time of the step
    /// A person changed `events`; the model was not asked: no passes, no rows, no beliefs, no eligible slots.
    bool byHand = false;
    /// In their order. None where the text was the same as in the step before, and in traces that did not record them.
    std::vector<PassRecord> passes;
    /// Rising position: every masked slot, or every one of [eligibleBegin, eligibleEnd) where the passes say nothing about the others; and
    /// every token of the answer among those that the step could exchange.
    std::vector<SlotBelief> beliefs;
    std::vector<SlotEvent> events;

    [[nodiscard]] const SlotBelief* findBelief(uint32_t position) const;
    /// Whether it was made before passes were recorded.
    [[nodiscard]] bool lacksPasses() const { return passes.empty() && forwardPasses > 0; }
};

/// True when both records hold the same beliefs, events and bookkeeping to the bit; the time is not compared, nor are passes where one
/// of the two did not record them.
bool sameDecision(const StepRecord& a, const StepRecord& b);

/// Mean entropy in nats over the beliefs of the step; 0 when there are none.
double meanEntropy(const StepRecord& record);

}  // namespace crystallite
