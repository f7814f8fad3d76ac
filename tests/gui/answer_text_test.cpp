#include "app/answer_text.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;
constexpr TokenId kWord = 5;

Trace runOf(const std::vector<TokenId>& answer, std::vector<TokenId> endIds) {
    TraceHeader header;
    header.maskId = kMask;
    header.endIds = std::move(endIds);
    const auto length = static_cast<uint32_t>(answer.size());
    Trace trace(header, Canvas(std::vector<TokenId>{kWord}, length, kMask), {}, {kEnd});
    StepRecord record{.number = 1, .maskedBefore = length, .maskedAfter = 0};
    for (uint32_t slot = 0; slot < length; ++slot) {
        record.events.push_back({.kind = EventKind::Commit, .position = 1 + slot, .before = kMask, .after = answer[slot]});
    }
    trace.append(std::move(record));
    return trace;
}

TEST(AnswerText, SaysWhereTheAnswerEnded) {
    const Trace trace = runOf({kWord, kWord, kEnd, kEnd, kEnd}, {kEnd});

    EXPECT_EQ(answerEndText(trace, 1), QStringLiteral("Answer ended at 2 of 5"));
    EXPECT_EQ(answerEndText(trace, 0), QString()) << "nothing is known before";
}

TEST(AnswerText, SaysThatTheCanvasIsFullAndWhatToDo) {
    EXPECT_TRUE(answerEndText(runOf({kWord, kWord}, {kEnd}), 1).contains(QStringLiteral("fills all 2 slots")));
    EXPECT_EQ(answerEndText(runOf({kWord, kWord}, {}), 1), QString()) << "a model that never ends a text";
    EXPECT_EQ(answerEndText({}, 0), QString());
}

}  // namespace
}  // namespace crystallite::testing
