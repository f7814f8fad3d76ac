#include "app/slot_report.h"

#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QStringList>

#include <cmath>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

// Three open slots after a prompt of one token; the second of them is committed in step 1.
Trace threeSlots() {
    return handWorkedTrace({{.probabilities = {0.5F, 0.25F}}, {.probabilities = {0.9F, 0.05F}}, {.probabilities = {0.3F, 0.2F}}}, {2});
}

TEST(SlotReport, OfAnOpenSlotHoldsTheBeliefOfTheStep) {
    const Trace trace = threeSlots();
    const uint32_t first = trace.promptLength();

    const SlotReport report = reportSlot(trace, first, 1);

    EXPECT_EQ(report.state, SlotState::Masked);
    ASSERT_TRUE(report.belief);
    EXPECT_FLOAT_EQ(report.belief->candidates[0].probability, 0.5F);
    EXPECT_NEAR(report.otherProbability, 0.25F, 1e-6F);
    EXPECT_EQ(report.rank, 2U);
    EXPECT_EQ(report.eligible, 3U);
}

TEST(SlotReport, OfATokenHoldsTheProbabilityOfItsCommit) {
    const Trace trace = threeSlots();

    const SlotReport report = reportSlot(trace, trace.promptLength() + 1, 1);

    EXPECT_EQ(report.state, SlotState::JustCommitted);
    ASSERT_TRUE(report.commit);
    EXPECT_EQ(report.commit->step, 1U);
    EXPECT_FLOAT_EQ(report.commit->event.probability, 0.9F);
    EXPECT_EQ(report.rank, 1U);
}

TEST(SlotReport, BeforeTheFirstStepBelievesNothing) {
    const Trace trace = threeSlots();

    const SlotReport report = reportSlot(trace, trace.promptLength(), 0);

    EXPECT_FALSE(report.belief);
    EXPECT_THAT(decisionText(report, trace).toStdString(), HasSubstr("before the first step"));
}

TEST(SlotReport, ALaterFrameShowsATokenWithTheBeliefThatCommittedIt) {
    const Trace trace = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
    const uint32_t position = trace.record(2).events.front().position;

    const SlotReport report = reportSlot(trace, position, 7);

    EXPECT_EQ(report.state, SlotState::Committed);
    EXPECT_EQ(report.beliefStep, 2U);
    EXPECT_EQ(report.moments.back().step, 2U) << "a visible token has no measured belief";
}

TEST(SlotReport, SaysWhyASlotWasNotCommitted) {
    const Trace trace = threeSlots();

    const std::string decision = decisionText(reportSlot(trace, trace.promptLength(), 1), trace).toStdString();

    EXPECT_THAT(decision, HasSubstr("higher confidence"));
    EXPECT_THAT(decision, HasSubstr("low-confidence"));
}

TEST(SlotReport, SaysThatASlotOfALaterBlockIsNotEligible) {
    // The order gives slots outside the block of the step no score.
    const Trace whole = syntheticTrace({.length = 16, .steps = 8, .blockLength = 8, .finishedSteps = 8});
    StepRecord record = whole.record(1);
    for (SlotBelief& belief : record.beliefs) {
        belief.score = belief.position < record.eligibleEnd ? belief.score : std::nanf("");
    }
    Trace trace(whole.header(), whole.canvas(0), whole.pieces(), {});
    trace.append(record);

    const SlotReport report = reportSlot(trace, trace.slots() - 1, 1);

    EXPECT_FALSE(report.rank);
    EXPECT_EQ(report.eligible, 8U);
    EXPECT_THAT(decisionText(report, trace).toStdString(), HasSubstr("works on block 1"));
}

TEST(SlotReport, CountsAFairChoiceAmongEightAsEightWords) {
    EXPECT_NEAR(equivalentWords(std::log(8.0F)), 8.0, 1e-5);
}

TEST(SlotReport, TsvHasEveryCandidateAtFullPrecision) {
    const Trace trace = threeSlots();
    const SlotReport report = reportSlot(trace, trace.promptLength(), 1);

    const QString tsv = reportAsTsv(report, trace);

    const auto lines = tsv.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    EXPECT_EQ(lines.front(), QStringLiteral("quantity\tvalue\ttag"));
    for (const QString& line : lines) {
        EXPECT_EQ(line.count(QLatin1Char('\t')), 2) << line.toStdString();
    }
    EXPECT_EQ(lines.filter(QStringLiteral("p(")).size(), static_cast<int>(report.belief->candidates.size()) + 1);
    EXPECT_TRUE(tsv.contains(QStringLiteral("entropy nats\t") + QString::number(double{report.belief->entropy}, 'g', 9)));
}

}  // namespace
}  // namespace crystallite::testing
