#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite::testing {

/// A made-up run for tests and pictures of the window: no model ran. Beliefs are proper distributions that sharpen towards the final
/// token, with entropy, margin and log-sum-exp computed from the same probabilities, so that every field agrees with every other.
struct SyntheticRun {
    uint32_t length = 64;
    uint32_t steps = 32;
    uint32_t blockLength = 0;
    uint32_t finishedSteps = 32;
    uint64_t seed = 1;
    bool remasks = false;  ///< one committed slot is remasked in the middle of the run and committed again
};
[[nodiscard]] Trace syntheticTrace(const SyntheticRun& run);

/// One open slot with the given probabilities of the words "alpha", "beta", …; vocabulary of `vocabulary` ids. The belief's entropy counts
/// the rest of the mass as spread evenly over the other ids.
struct HandWorkedSlot {
    std::vector<float> probabilities;  ///< at most kRecordedCandidates, falling
    uint32_t vocabulary = 4096;
};
/// Frame 1 holds every slot's belief and commits nothing but the canvas positions in `commits`, each to its likeliest candidate. The prompt
/// is position 0, the first open slot position 1.
[[nodiscard]] Trace handWorkedTrace(const std::vector<HandWorkedSlot>& open, const std::vector<uint32_t>& commits = {});

/// A belief whose entropy and margin follow from its candidates; the rest of the mass is spread evenly over the other ids.
[[nodiscard]] SlotBelief handWorkedBelief(uint32_t position, std::vector<Candidate> candidates, uint32_t vocabulary = 4096);

/// A run that is written out: what each step believes and does. Ids are 0 the mask, 1 the end, 2 the prompt "Prompt", 3 and on `pieces`.
struct ScriptedStep {
    std::vector<SlotBelief> beliefs;
    std::vector<SlotEvent> events;  ///< `before` is filled in
    bool byHand = false;
};
struct ScriptedRun {
    uint32_t length = 1;  ///< answer slots; the first is position 1
    std::vector<std::string> pieces;
    std::vector<PinnedSlot> pinned;
    std::vector<ScriptedStep> steps;
};
[[nodiscard]] Trace scriptedTrace(const ScriptedRun& run);
inline constexpr TokenId kScriptedEnd = 1;
inline constexpr TokenId kFirstScriptedPiece = 3;

/// Piece of every candidate of handWorkedTrace, by rank.
[[nodiscard]] const std::vector<std::string>& handWorkedWords();

}  // namespace crystallite::testing
