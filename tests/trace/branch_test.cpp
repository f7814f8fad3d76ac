#include "engine/trace/branch.h"

#include "engine/trace/run_id.h"
#include "engine/trace/trace_file.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace crystallite {
namespace {

uint32_t draw(std::mt19937& chance) {
    return static_cast<uint32_t>(chance());
}

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uint32_t kLength = 12;  // behind a prompt of 2
constexpr TokenId kMask = 0;
constexpr float kNobody = std::numeric_limits<float>::quiet_NaN();

SlotEvent by(EventKind kind, uint32_t position, TokenId before, TokenId after) {
    return {.kind = kind, .position = position, .before = before, .after = after, .probability = kNobody};
}

std::string refusalOf(const Trace& trace, const SlotEvent& event) {
    Trace changed = trace;
    const Result<void> appended = appendByHand(changed, {event});
    EXPECT_FALSE(appended);
    EXPECT_EQ(changed.steps(), trace.steps()) << "all or nothing";
    return appended ? std::string() : appended.error().message;
}

void expectSameStates(const Trace& a, const Trace& b) {
    ASSERT_EQ(a.steps(), b.steps());
    for (uint32_t frame = 0; frame <= a.steps(); ++frame) {
        EXPECT_EQ(a.canvas(frame), b.canvas(frame)) << "frame " << frame;
    }
    for (uint32_t step = 1; step <= a.steps(); ++step) {
        EXPECT_TRUE(sameDecision(a.record(step), b.record(step))) << "step " << step;
    }
    EXPECT_EQ(a.handSteps(), b.handSteps());
    EXPECT_EQ(a.openedByHand(), b.openedByHand());
}

TEST(Branch, SharesTheStepsBeforeItAndNothingElse) {
    const Trace parent = sampleTrace(kLength, 5);

    const Result<Trace> branch = branchOf(parent, 3);

    ASSERT_TRUE(branch) << branch.error().message;
    EXPECT_EQ(branch->steps(), 3U);
    EXPECT_EQ(branch->canvas(3), parent.canvas(3));
    EXPECT_EQ(branch->header().origin, (RunOrigin{.parent = parent.header().id, .step = 3}));
    EXPECT_TRUE(isRunId(branch->header().id));
    EXPECT_NE(branch->header().id, parent.header().id);
    EXPECT_EQ(branch->status(), RunStatus::Stopped);
    EXPECT_FALSE(branchOf(parent, 6));
    EXPECT_FALSE(branchOf(sampleBoardTrace(1), 1, 1)) << "a board has no room";
}

TEST(Branch, EveryKindOfChangeIsAFrame) {
    Trace branch = *branchOf(sampleTrace(kLength, 3), 3, 1);
    const TokenId held = branch.canvas(3).token(2);

    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Commit, 9, kMask, 12), by(EventKind::Pin, 9, 12, 12)}));
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Remask, 2, held, kMask), by(EventKind::Edit, 3, 10, 13)}));
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Prefer, 8, kMask, kMask), by(EventKind::Prefer, 6, kMask, kMask)}));
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Insert, 4, kMask, kMask)}));
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Delete, 5, 10, kMask)}));

    EXPECT_EQ(branch.canvas(4).region(9), SlotRegion::Pinned);
    EXPECT_TRUE(branch.canvas(5).isMasked(2));
    EXPECT_EQ(branch.canvas(5).token(3), 13U);
    EXPECT_EQ(branch.canvas(7).textLength(), 15U);
    EXPECT_EQ(branch.canvas(8).textLength(), 14U);
    EXPECT_EQ(branch.canvas(8).region(9), SlotRegion::Pinned) << "moved right and left again";
    EXPECT_THAT(preferredSlots(branch), ElementsAre(8, 6));
    EXPECT_THAT(branch.handSteps(), ElementsAre(4, 5, 6, 7, 8));
    EXPECT_EQ(branch.modelSteps(), 3U);
    EXPECT_EQ(branch.modelSteps(2), 2U);
    EXPECT_EQ(branch.openedByHand(), 2U);
    EXPECT_EQ(branch.beliefStep(8), 3U);
    EXPECT_EQ(branch.beliefStep(2), 2U);
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Unpin, 9, 12, 12), by(EventKind::Commit, 8, kMask, 11)}));
    EXPECT_THAT(preferredSlots(branch), ElementsAre(6));
    EXPECT_EQ(branch.canvas(9).region(9), SlotRegion::Answer);
}

TEST(Branch, SaysWhyAChangeCannotBe) {
    Trace trace = *branchOf(sampleTrace(kLength, 3), 3);
    ASSERT_TRUE(appendByHand(trace, {by(EventKind::Pin, 3, 10, 10)}));
    EXPECT_FALSE(appendByHand(trace, {}));

    EXPECT_THAT(refusalOf(trace, by(EventKind::Edit, 1, 5, 11)), HasSubstr("another prompt is another run"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Commit, 14, kMask, 11)), HasSubstr("outside the text of 14"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Remask, 3, 10, kMask)), HasSubstr("unpin it first"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Pin, 3, 10, 10)), HasSubstr("pinned already"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Pin, 9, kMask, kMask)), HasSubstr("write into it"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Unpin, 2, 10, 10)), HasSubstr("not pinned"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Prefer, 2, 10, kMask)), HasSubstr("only a masked slot"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Commit, 2, 10, 11)), HasSubstr("holds a token already"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Edit, 9, kMask, 11)), HasSubstr("is masked"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Remask, 9, kMask, kMask)), HasSubstr("masked already"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Commit, 9, kMask, 40)), HasSubstr("outside the vocabulary of 40"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Commit, 9, kMask, kMask)), HasSubstr("The mask is no token"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Insert, 9, kMask, kMask)), HasSubstr("no room left"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Insert, 1, kMask, kMask)), HasSubstr("from 2 to 14"));
    EXPECT_THAT(refusalOf(trace, by(EventKind::Edit, 2, 17, 11)), HasSubstr("which it does not"));

    const Trace board = sampleBoardTrace(1);
    EXPECT_THAT(refusalOf(board, by(EventKind::Unpin, 5, 12, 12)), HasSubstr("given with the prompt"));
    EXPECT_THAT(refusalOf(board, by(EventKind::Delete, 7, kMask, kMask)), HasSubstr("board"));
}

TEST(Branch, AFileKeepsStepsByHandAndTheOrigin) {
    const TemporaryFolder folder;
    Trace branch = *branchOf(sampleTrace(kLength, 3), 3, 2);
    ASSERT_TRUE(appendByHand(branch, {by(EventKind::Insert, 7, kMask, kMask), by(EventKind::Commit, 9, kMask, 12),
                                      by(EventKind::Pin, 9, 12, 12), by(EventKind::Prefer, 8, kMask, kMask)}));
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", branch));

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, branch, 4);
    expectSameStates(*read, branch);
    EXPECT_EQ(read->header().origin, branch.header().origin);
    EXPECT_TRUE(std::isnan(read->record(4).events.front().probability));
}

TEST(Branch, AnOldFileHasTheSameIdEveryTime) {
    const TemporaryFolder folder;
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", sampleTrace(kLength, 5)));
    tamper(folder / "run.ctrace", "DROP TABLE identity; DROP TABLE hand; PRAGMA user_version = 5");
    const std::string id = readTrace(folder / "run.ctrace")->header().id;
    EXPECT_EQ(readTrace(folder / "run.ctrace")->header().id, id);
    ASSERT_TRUE(rewriteBookmarks(folder / "run.ctrace", {{.frame = 2, .note = "kept"}}));
    EXPECT_EQ(readTrace(folder / "run.ctrace")->header().id, id) << "brought up to date, it keeps it";
    tamper(folder / "run.ctrace", "UPDATE run SET seed = 3; UPDATE identity SET id = ''");
    EXPECT_NE(readTrace(folder / "run.ctrace")->header().id, id);
    EXPECT_NE(newRunId(), newRunId());
}

struct HandDamage {
    const char* sql;
    const char* said;
};

TEST(Branch, DamageOfTheNewTablesIsNamed) {
    const std::vector<HandDamage> damages = {
        {"DELETE FROM identity", "which run it is"},
        {"UPDATE identity SET id = 'no id; at all'", "its id"},
        {"UPDATE identity SET parent = id", "its id"},
        {"UPDATE identity SET parent = x'07'", "identity"},
        {"UPDATE identity SET parent = ''", "of no run"},
        {"UPDATE identity SET parent_step = 9", "shares 9 steps"},
        {"UPDATE identity SET extra_room = 4000000000", "room"},
        {"UPDATE identity SET extra_room = -1", "identity"},
        {"INSERT INTO hand SELECT run, 2 FROM identity", "asked the model"},
        {"DELETE FROM hand", "step 4"},
        {"UPDATE step SET events = x'' WHERE number = 4", "changes nothing"},
    };
    for (const HandDamage& damage : damages) {
        const TemporaryFolder folder;
        Trace branch = *branchOf(sampleTrace(kLength, 3), 3);
        ASSERT_TRUE(appendByHand(branch, {by(EventKind::Pin, 3, 10, 10)}));
        ASSERT_TRUE(saveTrace(folder / "run.ctrace", branch));
        tamper(folder / "run.ctrace", damage.sql);
        const Result<Trace> read = readTrace(folder / "run.ctrace");
        ASSERT_FALSE(read) << damage.sql;
        EXPECT_THAT(read.error().message, HasSubstr(damage.said)) << damage.sql;
    }
}

/// A change that fits the canvas, chosen by chance.
SlotEvent anyChange(const Trace& trace, std::mt19937& chance) {
    const Canvas& now = trace.canvas(trace.steps());
    for (;;) {
        const auto kind = static_cast<EventKind>(1 + draw(chance) % 8);
        const uint32_t position = trace.promptLength() + draw(chance) % (now.textLength() - trace.promptLength());
        const TokenId held = now.token(position);
        const bool writes = kind == EventKind::Commit || kind == EventKind::Edit;
        const bool keeps = kind == EventKind::Pin || kind == EventKind::Unpin;
        const SlotEvent event =
            by(kind, position, kind == EventKind::Insert ? kMask : held, writes ? 10 + draw(chance) % 8 : (keeps ? held : kMask));
        Trace tried = trace;
        if (appendByHand(tried, {event})) {
            return event;
        }
    }
}

/// Undoing the last change is the branch with the changes that are left.
TEST(Branch, UndoingInOrderGivesEveryStateBackToTheBit) {
    for (uint32_t seed = 0; seed < 40; ++seed) {
        std::mt19937 chance(seed);
        const Trace parent = sampleTrace(kLength, draw(chance) % 8);
        const uint32_t frame = draw(chance) % (parent.steps() + 1);
        const Trace before = parent;
        std::vector<SlotEvent> changes;
        std::vector<Trace> states = {*branchOf(parent, frame, 4)};
        for (uint32_t count = 0; count < 10; ++count) {
            changes.push_back(anyChange(states.back(), chance));
            states.push_back(states.back());
            ASSERT_TRUE(appendByHand(states.back(), {changes.back()}));
        }
        for (size_t left = changes.size(); left-- > 0;) {
            Trace again = *branchOf(parent, frame, 4);
            for (size_t index = 0; index < left; ++index) {
                ASSERT_TRUE(appendByHand(again, {changes[index]}));
            }
            expectSameStates(again, states[left]);
        }
        expectSameStates(parent, before);
    }
}

}  // namespace
}  // namespace crystallite
