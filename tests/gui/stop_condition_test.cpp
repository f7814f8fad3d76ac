#include "app/stop_condition.h"

#include "app/stop_text.h"
#include "tests/gui/moving_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

class StopConditionTest : public ::testing::Test {
protected:
    /// 16 slots in 8 steps of two, the first of which is taken back in step 4.
    Trace trace_ = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8, .remasks = true});
};

TEST_F(StopConditionTest, TheMaskedShareIsOfTheSlotsOfTheAnswer) {
    // 14, 12, 10 masked, then 8 and one again: 9 of 16.
    EXPECT_EQ(nextFulfilling(MaskedShareBelow{0.80}, trace_, 0), 2U);
    EXPECT_EQ(nextFulfilling(MaskedShareBelow{0.75}, trace_, 0), 3U) << "12 of 16 are not below three quarters";
    EXPECT_EQ(nextFulfilling(MaskedShareBelow{9.5 / 16.0}, trace_, 0), 4U);
    EXPECT_EQ(nextFulfilling(MaskedShareBelow{0.80}, trace_, 4), 5U) << "behind the cursor";
    EXPECT_FALSE(nextFulfilling(MaskedShareBelow{0.80}, trace_, 8));
}

TEST_F(StopConditionTest, TheMeanEntropyIsThatOfTheStep) {
    double sum = 0.0;
    for (const SlotBelief& belief : trace_.record(5).beliefs) {
        sum += double{belief.entropy};
    }
    const double mean = sum / static_cast<double>(trace_.record(5).beliefs.size());

    EXPECT_TRUE(fulfils(MeanEntropyBelow{mean + 1e-6}, trace_, 5));
    EXPECT_FALSE(fulfils(MeanEntropyBelow{mean - 1e-6}, trace_, 5));
}

TEST_F(StopConditionTest, AStepThatAskedNobodyHasNoEntropy) {
    Trace trace = trace_;
    trace.append({.number = 9, .forwardPasses = 0});

    EXPECT_FALSE(fulfils(MeanEntropyBelow{1.0}, trace, 9));
}

TEST_F(StopConditionTest, ARevisionIsARemaskOrAnEdit) {
    EXPECT_EQ(nextFulfilling(AnyRevision{}, trace_, 0), 4U);
    EXPECT_FALSE(nextFulfilling(AnyRevision{}, trace_, 4));
}

TEST_F(StopConditionTest, ASlotCommitsWhereItsCommitIsRecorded) {
    const SlotEvent event = trace_.record(6).events.front();

    EXPECT_EQ(nextFulfilling(SlotCommits{event.position}, trace_, 4), 6U);
    EXPECT_EQ(nextFulfilling(SlotCommits{kSecondKey}, movingTrace(), 0), 4U) << "at position 3, as the second open slot";
    EXPECT_FALSE(nextFulfilling(SlotCommits{kFirstKey}, movingTrace(), 0));
}

TEST_F(StopConditionTest, TheTextContainsWhatIsThereWithoutGaps) {
    const Trace trace = handWorkedTrace({{.probabilities = {0.9F}}, {.probabilities = {0.9F}}, {.probabilities = {0.9F}}}, {1, 3});

    EXPECT_TRUE(fulfils(TextContains{"alpha"}, trace, 1));
    EXPECT_FALSE(fulfils(TextContains{"alpha alpha"}, trace, 1)) << "a masked slot lies between the two";
    EXPECT_FALSE(fulfils(TextContains{"Prompt"}, trace, 1)) << "the prompt was there all the time";
}

TEST_F(StopConditionTest, TheNextBlockIsNotThisOne) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .blockLength = 8, .finishedSteps = 12});

    EXPECT_EQ(nextFulfilling(NextBlock{}, trace, 1), 5U);
    EXPECT_EQ(nextFulfilling(NextBlock{}, trace, 5), 9U);
    EXPECT_FALSE(nextFulfilling(NextBlock{}, trace, 9));
}

TEST_F(StopConditionTest, IsSaidAsAClause) {
    EXPECT_EQ(conditionText(MaskedShareBelow{0.2}, trace_, 0), QStringLiteral("the masked share is below 20 %"));
    EXPECT_EQ(conditionText(MeanEntropyBelow{0.5}, trace_, 0), QStringLiteral("the mean entropy is below 0.5 nats"));
    EXPECT_EQ(conditionText(TextContains{"a%1b"}, trace_, 0), QString::fromUtf8("the text contains “a%1b”"));
    EXPECT_THAT(conditionText(SlotCommits{16}, trace_, 0).toStdString(), HasSubstr("Position 17"));
    EXPECT_THAT(conditionText(SlotCommits{kSecondKey}, movingTrace(), 2).toStdString(), HasSubstr("Position 4"));
}

TEST_F(StopConditionTest, ABreakSaysWhatHappenedToTheSlot) {
    EXPECT_EQ(breakText(movingTrace(), kSecondKey, 3), QStringLiteral("Position 4 has another likeliest token at step 3."));
    EXPECT_EQ(breakText(movingTrace(), kSecondKey, 4), QStringLiteral("Position 4 was committed at step 4."));
    EXPECT_EQ(breakText(movingTrace(), kInsertedKey, 1), QStringLiteral("Position 2 was inserted at step 1."));
}

}  // namespace
}  // namespace crystallite::testing
