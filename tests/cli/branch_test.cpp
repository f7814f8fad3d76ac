// A run that is changed by hand at a step and goes on as a run of its own, from the command line.

#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <optional>

namespace crystallite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr uint32_t kStep = 6;

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A finished run of 12 steps to leave, and the run that left it.
class CliBranch : public ::testing::Test {
protected:
    void SetUp() override {
        parentFile_ = folder_.file("parent.crystal");
        branchFile_ = folder_.file("branch.crystal");
        const Outcome made = runCli(shortRun({"--temperature", "0.6", "--seed", "4", "--show", "final", "--trace", parentFile_}));
        ASSERT_EQ(made.exitCode, 0) << made.err;
        auto read = readTrace(parentFile_);
        ASSERT_TRUE(read) << read.error().message;
        parent_ = *std::move(read);
    }

    Outcome branch(std::vector<std::string> changes) {
        const std::vector<std::string> command = {"branch", "--device", "cpu", parentFile_, "--at", std::to_string(kStep)};
        changes.insert(changes.begin(), command.begin(), command.end());
        return runCli(changes);
    }
    std::optional<Trace> branched(std::vector<std::string> changes) {
        changes.insert(changes.end(), {"-o", branchFile_});
        const Outcome outcome = branch(std::move(changes));
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        auto trace = readTrace(branchFile_);
        EXPECT_TRUE(trace) << trace.error().message;
        return trace ? std::optional(*std::move(trace)) : std::nullopt;
    }
    [[nodiscard]] uint32_t maskedSlot() const { return parent_.canvas(kStep).maskedSlots().front(); }
    [[nodiscard]] uint32_t filledSlot() const {
        for (const SlotEvent& event : parent_.record(kStep).events) {
            return event.position;
        }
        return 0;
    }

    ScratchFolder folder_;
    std::string parentFile_;
    std::string branchFile_;
    Trace parent_;
};

TEST_F(CliBranch, SharesTheStepsAndLeavesTheOriginalAsItIs) {
    const std::string before = bytesOf(parentFile_);
    const std::optional<Trace> run = branched({"--write", std::to_string(maskedSlot()) + "= dog"});
    ASSERT_TRUE(run);

    EXPECT_EQ(bytesOf(parentFile_), before);
    ASSERT_TRUE(run->header().origin);
    EXPECT_EQ(*run->header().origin, (RunOrigin{.parent = parent_.header().id, .step = kStep}));
    EXPECT_NE(run->header().id, parent_.header().id);
    for (uint32_t step = 1; step <= kStep; ++step) {
        EXPECT_TRUE(sameDecision(run->record(step), parent_.record(step))) << step;
    }
    EXPECT_EQ(run->handSteps(), std::vector<uint32_t>{kStep + 1});
    EXPECT_EQ(run->piece(run->canvas(run->steps()).token(maskedSlot())), " dog");
    EXPECT_EQ(run->canvas(run->steps()).maskedCount(), 0U);
    EXPECT_EQ(runCli({"verify", "--device", "cpu", branchFile_}).exitCode, 0) << "its own steps are reproduced";
}

TEST_F(CliBranch, MasksAgainChoosesPinsAndPrefers) {
    const std::string open = std::to_string(maskedSlot());
    const std::string filled = std::to_string(filledSlot());
    struct Change {
        std::vector<std::string> words;
        EventKind kind;
        uint32_t slot;
    };
    const std::vector<Change> changes = {{{"--remask", filled}, EventKind::Remask, filledSlot()},
                                         {{"--choose", open + "=#2"}, EventKind::Commit, maskedSlot()},
                                         {{"--pin", filled}, EventKind::Pin, filledSlot()},
                                         {{"--prefer", open}, EventKind::Prefer, maskedSlot()}};
    for (const Change& change : changes) {
        SCOPED_TRACE(change.words.front());
        const std::optional<Trace> run = branched(change.words);
        ASSERT_TRUE(run);
        const StepRecord& hand = run->record(kStep + 1);
        EXPECT_TRUE(hand.byHand);
        ASSERT_EQ(hand.events.size(), 1U);
        EXPECT_EQ(hand.events.front().kind, change.kind);
        EXPECT_EQ(hand.events.front().position, change.slot);
        EXPECT_EQ(run->canvas(run->steps()).maskedCount(), 0U);
    }
}

TEST_F(CliBranch, TakesTheCandidateThatIsNamed) {
    const SlotBelief* belief = parent_.belief(kStep, maskedSlot(), kStep);
    ASSERT_NE(belief, nullptr);
    const std::optional<Trace> run = branched({"--choose", std::to_string(maskedSlot()) + "=#3"});
    ASSERT_TRUE(run);

    const SlotEvent& event = run->record(kStep + 1).events.front();
    EXPECT_EQ(event.after, belief->candidates[2].id);
    EXPECT_EQ(event.probability, belief->candidates[2].probability);
}

TEST_F(CliBranch, InsertsAndDeletesSlots) {
    const uint32_t length = parent_.canvas(kStep).textLength();
    const std::optional<Trace> longer = branched({"--insert", std::to_string(maskedSlot()) + "x2"});
    const std::optional<Trace> shorter = branched({"--delete", std::to_string(maskedSlot())});
    ASSERT_TRUE(longer && shorter);

    EXPECT_EQ(longer->canvas(longer->steps()).textLength(), length + 2);
    EXPECT_EQ(shorter->canvas(shorter->steps()).textLength(), length - 1);
}

TEST_F(CliBranch, SaysWhatItWouldCostAndDoesNothing) {
    const Outcome dry = branch({"--remask", std::to_string(filledSlot()), "--dry-run"});
    const std::optional<Trace> run = branched({"--remask", std::to_string(filledSlot())});
    ASSERT_TRUE(run);

    EXPECT_EQ(dry.exitCode, 0) << dry.err;
    EXPECT_EQ(dry.out, "");
    uint32_t passes = 0;
    for (uint32_t step = kStep + 1; step <= run->steps(); ++step) {
        passes += run->record(step).forwardPasses;
    }
    EXPECT_THAT(dry.err, StartsWith(std::to_string(passes) + " forward passes to come"));
}

TEST_F(CliBranch, RefusesInOneSentence) {
    const std::string slot = std::to_string(maskedSlot());
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"--remask", slot}, "name it with -o"},
        {{"-o", branchFile_}, "change"},
        {{"--remask", slot, "-o", branchFile_}, "slot " + slot},
        {{"--remask", "0", "-o", branchFile_}, "prompt"},
        {{"--remask", "9999", "-o", branchFile_}, "9999"},
        {{"--choose", slot + "=2", "-o", branchFile_}, "write it as 5=#2"},
        {{"--choose", slot + "=#99", "-o", branchFile_}, "candidates 1 to 8, not 99"},
        {{"--write", "sea", "-o", branchFile_}, "has no slot"},
        {{"--insert", slot + "x0", "-o", branchFile_}, "cannot be read"}};
    for (const auto& [changes, sentence] : cases) {
        SCOPED_TRACE(sentence);
        const Outcome outcome = branch(changes);

        EXPECT_EQ(outcome.exitCode, 2);
        expectSentence(outcome.err);
        EXPECT_THAT(outcome.err, HasSubstr(sentence));
        EXPECT_FALSE(std::filesystem::exists(branchFile_));
    }
}

TEST_F(CliBranch, RefusesAStepThatTheRunDoesNotHave) {
    const Outcome outcome = runCli({"branch", "--device", "cpu", parentFile_, "--at", "13", "--pin", "9", "-o", branchFile_});

    EXPECT_EQ(outcome.exitCode, 2);
    expectSentence(outcome.err);
    EXPECT_THAT(outcome.err, HasSubstr("13"));
}

}  // namespace
}  // namespace crystallite
