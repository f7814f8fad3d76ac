#include "app/slot_report.h"

#include "app/slot_decision.h"
#include "app/slot_text.h"
#include "tests/gui/told_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

    EXPECT_EQ(report.state, SlotState::Held);
    ASSERT_TRUE(report.changedInFrame());
    EXPECT_EQ(report.change->step, 1U);
    EXPECT_FLOAT_EQ(report.change->event.probability, 0.9F);
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

    EXPECT_EQ(report.state, SlotState::Held);
    EXPECT_EQ(report.basis, BeliefBasis::AtChange);
    EXPECT_EQ(report.beliefStep, 2U);
    EXPECT_EQ(*report.belief, *trace.record(2).findBelief(position));
    EXPECT_EQ(report.history.moments.back().step, 2U) << "a visible token has no measured belief";
    EXPECT_THAT(basisText(report, trace).toStdString(), HasSubstr("Frozen"));
    EXPECT_THAT(basisText(reportSlot(trace, position, 2), trace).toStdString(), Not(HasSubstr("Frozen"))) << "then it is of this step";
}

TEST(SlotReport, OfAWithdrawnTokenSaysSoAndHasNoBeliefUntilItIsAskedAgain) {
    ToldTrace told({"A"}, {.length = 2, .steps = 3});
    told.step({told.belief(1, {{" cat", 0.6F}, {" dog", 0.3F}}, 0.6F), told.belief(2, {{" sat", 0.2F}}, 0.2F)},
              {told.commit(1, " cat", 0.6F)});
    told.step({told.belief(2, {{" ran", 0.4F}}, 0.4F)}, {ToldTrace::event(EventKind::Remask, 1, ToldTrace::kMask, 0.05F)});
    told.step({told.belief(1, {{" dog", 0.7F}}, 0.7F), told.belief(2, {{" ran", 0.5F}}, 0.5F)}, {});
    const Trace& trace = told.trace();

    const SlotReport withdrawn = reportSlot(trace, 1, 2);

    EXPECT_EQ(withdrawn.state, SlotState::Masked);
    EXPECT_FALSE(withdrawn.belief) << "step 2 found a token here";
    EXPECT_THAT(stateText(withdrawn, trace).toStdString(), HasSubstr("cat"));
    EXPECT_THAT(basisText(withdrawn, trace).toStdString(), HasSubstr("held a token"));
    EXPECT_THAT(decisionText(withdrawn, trace).toStdString(), HasSubstr("Withdrawn"));
    EXPECT_EQ(reportSlot(trace, 1, 3).belief->candidates.front().id, told.id(" dog"));
    using Kind = SlotChange::Kind;
    const std::vector<SlotChange> expected = {{1, Kind::Guess, told.id(" cat"), 0.6F},
                                              {1, Kind::Commit, told.id(" cat"), 0.6F},
                                              {2, Kind::Remask, told.id(" cat"), 0.05F},
                                              {3, Kind::Guess, told.id(" dog"), 0.7F}};
    EXPECT_EQ(withdrawn.history.changes, expected);
}

TEST(SlotReport, OfAModelThatExchangesTokensShowsWhatItBelievesAboutTheTokenNow) {
    ToldTrace told({"A"}, {.length = 1, .steps = 3, .blockLength = 1, .blockAnchor = BlockAnchor::Text, .policy = DecodePolicy::Llada21});
    const float none = std::nanf("");
    told.step({told.belief(1, {{" cat", 0.6F}}, 0.6F)}, {told.commit(1, " cat", 0.6F)});
    told.step({told.belief(1, {{" dog", 0.8F}, {" cat", 0.1F}}, none)}, {ToldTrace::event(EventKind::Edit, 1, told.id(" dog"), 0.8F)});
    told.step({told.belief(1, {{" dog", 0.9F}}, none)}, {});
    const Trace& trace = told.trace();

    const SlotReport exchanged = reportSlot(trace, 1, 2);
    EXPECT_EQ(exchanged.basis, BeliefBasis::AtChange);
    EXPECT_THAT(basisText(exchanged, trace).toStdString(), HasSubstr("exchanged “cat”"));
    const SlotReport kept = reportSlot(trace, 1, 3);
    EXPECT_EQ(kept.basis, BeliefBasis::Token);
    EXPECT_EQ(kept.beliefStep, 3U);
    EXPECT_FLOAT_EQ(kept.belief->candidates.front().probability, 0.9F);
    EXPECT_THAT(decisionText(kept, trace).toStdString(), HasSubstr("drew “dog” again"));
}

TEST(SlotReport, SaysWhenAStepDidNotAskAboutTheSlot) {
    ToldTrace told({"A"}, {.length = 2, .steps = 3, .cache = CacheKind::Dual});
    told.step({told.belief(1, {{" cat", 0.6F}}, 0.6F), told.belief(2, {{" sat", 0.2F}}, 0.2F)}, {});
    told.step({told.belief(1, {{" cat", 0.7F}}, 0.7F)}, {}, {1, 2});
    const Trace& trace = told.trace();

    const SlotReport report = reportSlot(trace, 2, 2);

    EXPECT_FALSE(report.belief) << "what step 1 believed is not what step 2 believes";
    EXPECT_EQ(basisText(report, trace).toStdString(), "Not asked in this step. Last asked in step 1.");
    EXPECT_THAT(decisionText(report, trace).toStdString(), HasSubstr("slots 2 to 2"));
    EXPECT_TRUE(distributionLines(report).empty());
}

TEST(SlotReport, SaysWhatStandsInTheSlotInBytes) {
    ToldTrace told({"A"}, {.length = 1, .steps = 1});
    told.step({told.belief(1, {{" \xE2\x98", 0.6F}}, 0.6F)}, {told.commit(1, " \xE2\x98", 0.6F)});
    const SlotReport report = reportSlot(told.trace(), 1, 1);

    const std::vector<ReportLine> lines = nowLines(report, told.trace());

    const auto bytes =
        std::find_if(lines.begin(), lines.end(), [](const ReportLine& line) { return line.quantity == QLatin1String("bytes"); });
    ASSERT_NE(bytes, lines.end());
    EXPECT_EQ(bytes->value, QStringLiteral("20 E2 98"));
    EXPECT_EQ(spokenLine(*bytes), QStringLiteral("bytes, measured: 20 E2 98"));
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
