#pragma once

#include "engine/trace/trace.h"

#include <string>
#include <utility>
#include <vector>

namespace crystallite::testing {

/// A run that a test tells step by step, in words. Beliefs have the probabilities that are told, a margin that follows from them, and an
/// entropy and a score of the test's own.
class ToldTrace {
public:
    /// `prompt` slots, then settings.length open ones, then `room`.
    ToldTrace(const std::vector<std::string>& prompt, const DecodeSettings& settings, uint32_t room = 0);

    /// The id of a piece; a new one when it was not told before.
    TokenId id(const std::string& piece);
    /// About the slot at `position` before the step; the first candidate is the drawn one.
    SlotBelief belief(uint32_t position, const std::vector<std::pair<std::string, float>>& candidates, float score);

    /// An event without what stood there before, which the canvas knows.
    static SlotEvent event(EventKind kind, uint32_t position, TokenId after, float probability);
    SlotEvent commit(uint32_t position, const std::string& piece, float probability);

    /// The next step; eligible are all slots of the answer, or those that are told.
    ToldTrace& step(std::vector<SlotBelief> beliefs, const std::vector<SlotEvent>& events);
    ToldTrace& step(std::vector<SlotBelief> beliefs, const std::vector<SlotEvent>& events, std::pair<uint32_t, uint32_t> eligible);

    [[nodiscard]] const Trace& trace() const { return trace_; }

    static constexpr TokenId kMask = 0;
    static constexpr TokenId kEnd = 1;

private:
    std::map<TokenId, std::string> pieces_;
    Trace trace_;
};

}  // namespace crystallite::testing
