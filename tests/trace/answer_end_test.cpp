#include "engine/trace/answer_end.h"
#include "tests/trace/sample_trace.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;
constexpr TokenId kWord = 5;

/// Prompt of one word, then four slots; each step commits one of `commits`.
Trace run(const std::vector<std::pair<uint32_t, TokenId>>& commits) {
    TraceHeader header;
    header.maskId = kMask;
    header.endIds = {kEnd};
    Trace trace(header, Canvas(std::vector<TokenId>{kWord}, 4, kMask), {}, {kEnd});
    uint32_t masked = 4;
    for (const auto& [position, id] : commits) {
        trace.append({.number = trace.steps() + 1,
                      .maskedBefore = masked,
                      .maskedAfter = masked - 1,
                      .events = {{.kind = EventKind::Commit, .position = position, .before = kMask, .after = id}}});
        --masked;
    }
    return trace;
}

TEST(AnswerEnd, IsTheFirstEndWithNothingMaskedInFront) {
    const Trace trace = run({{4, kEnd}, {1, kWord}, {3, kEnd}, {2, kWord}});

    EXPECT_EQ(answerEnd(trace, 0), (AnswerEnd{.tokens = 4, .slots = 4, .isEnded = false}));
    EXPECT_EQ(answerEnd(trace, 3), (AnswerEnd{.tokens = 4, .slots = 4, .isEnded = false})) << "slot 2 is masked: more may come there";
    EXPECT_EQ(answerEnd(trace, 4), (AnswerEnd{.tokens = 2, .slots = 4, .isEnded = true}));
}

TEST(AnswerEnd, IsFoundBeforeSlotsBehindItAreFilled) {
    EXPECT_EQ(answerEnd(run({{1, kEnd}}), 1), (AnswerEnd{.tokens = 0, .slots = 4, .isEnded = true}));
}

TEST(AnswerEnd, OfAFullCanvasWithoutAnEndIsItsLength) {
    EXPECT_EQ(answerEnd(run({{1, kWord}, {2, kWord}, {3, kWord}, {4, kWord}}), 4), (AnswerEnd{.tokens = 4, .slots = 4, .isEnded = false}));
}

TEST(AnswerEnd, OfABoardIsNever) {
    const Trace board = sampleBoardTrace(2);

    EXPECT_EQ(answerEnd(board, 2), (AnswerEnd{.tokens = board.slots(), .slots = board.slots(), .isEnded = false}));
}

}  // namespace
}  // namespace crystallite
