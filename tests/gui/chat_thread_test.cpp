#include "app/chat_thread.h"

#include <gmock/gmock.h>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;

/// A finished run that answered " 4" and ended.
Trace answerOf(const std::string& id, RunStatus status = RunStatus::Complete) {
    TraceHeader header;
    header.id = id;
    header.maskId = kMask;
    header.endIds = {kEnd};
    Trace trace(header, Canvas(std::vector<TokenId>{9}, 3, kMask), {{5, " 4"}, {kEnd, "<end>"}}, {kEnd});
    StepRecord record{.number = 1, .maskedBefore = 3, .maskedAfter = 0};
    for (uint32_t slot = 0; slot < 3; ++slot) {
        record.events.push_back({.kind = EventKind::Commit, .position = 1 + slot, .before = kMask, .after = slot == 0 ? 5 : kEnd});
    }
    trace.append(std::move(record));
    trace.setStatus(status);
    return trace;
}

const KeptTurn kQuestion{.text = "2+2?"};
const KeptTurn kAnswer{.isAnswer = true, .text = " 4", .run = "a"};

ChatThread answered() {
    ChatThread thread;
    thread.ask("2+2?", "Be brief.");
    thread.started("a");
    EXPECT_TRUE(thread.ended(answerOf("a")));
    return thread;
}

TEST(ChatThread, KeepsTheAnswerBeforeSomebodyGoesOn) {
    ChatThread thread = answered();

    EXPECT_THAT(thread.earlier(), IsEmpty()) << "the question can be asked again";
    EXPECT_THAT(thread.kept().turns, ElementsAre(kQuestion, kAnswer));
    EXPECT_EQ(thread.kept().system, "Be brief.");
    thread.goOn();
    EXPECT_THAT(thread.earlier(), ElementsAre(kQuestion, kAnswer));
    EXPECT_FALSE(thread.canGoOn());
    EXPECT_EQ(thread.sent()[1].role, ChatRole::Assistant);
}

TEST(ChatThread, AskingAgainReplacesTheAnswer) {
    ChatThread thread = answered();
    thread.ask("2+3?", "");
    thread.started("b");

    EXPECT_TRUE(thread.ended(answerOf("b")));

    EXPECT_EQ(thread.kept().turns.size(), 2U);
    EXPECT_EQ(thread.kept().turns[1].run, "b");
}

TEST(ChatThread, TakesNoAnswerOfAnotherOrAStoppedRun) {
    ChatThread thread;
    EXPECT_FALSE(thread.ended(answerOf("a"))) << "nothing was asked";
    thread.ask("2+2?", "");
    EXPECT_FALSE(thread.ended(answerOf(""))) << "it has not started";
    thread.started("b");
    thread.started("a");
    EXPECT_FALSE(thread.ended(answerOf("b"))) << "a run that the asked one ended";
    EXPECT_FALSE(thread.ended(answerOf("a", RunStatus::Stopped)));
    EXPECT_TRUE(thread.ended(answerOf("a")));
    thread.ask("2+2?", "");
    thread.leave();
    thread.started("c");
    EXPECT_FALSE(thread.ended(answerOf("c"))) << "a run of something else";
}

TEST(ChatThread, AChangedAnswerIsNoLongerThatOfItsRun) {
    ChatThread thread = answered();
    thread.goOn();

    thread.edit(1, " 4");
    EXPECT_EQ(thread.earlier()[1].run, "a") << "nothing was changed";
    thread.edit(1, " four");
    EXPECT_THAT(thread.earlier(), ElementsAre(kQuestion, KeptTurn{.isAnswer = true, .text = " four"}));
}

TEST(ChatThread, RemovesQuestionAndAnswerTogether) {
    ChatThread thread;
    thread.open({.id = "c", .turns = {{.text = "1"}, {.isAnswer = true, .text = "2"}, {.text = "3"}, {.isAnswer = true, .text = "4"}}});

    thread.removeExchange(1);

    EXPECT_THAT(thread.earlier(), ElementsAre(KeptTurn{.text = "3"}, KeptTurn{.isAnswer = true, .text = "4"}));
    EXPECT_EQ(thread.kept().id, "c");
    thread.begin();
    EXPECT_NE(thread.kept().id, "c");
    EXPECT_THAT(thread.earlier(), IsEmpty());
}

}  // namespace
}  // namespace crystallite::testing
