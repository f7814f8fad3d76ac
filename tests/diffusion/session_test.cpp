#include "engine/diffusion/session.h"

#include "engine/diffusion/run_plan.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr TokenId kA = FakeDenoiser::kLetterA;
constexpr TokenId kB = kA + 1;

std::unique_ptr<Session> mustStart(Denoiser& model, std::string_view prompt, const DecodeSettings& settings) {
    Result<std::unique_ptr<Session>> session = Session::start(model, prompt, requestFor(settings));
    EXPECT_TRUE(session) << session.error().message;
    return std::move(*session);
}

Trace finishedRun(Denoiser& model, std::string_view prompt, const DecodeSettings& settings) {
    return finishedRun(Session::start(model, prompt, requestFor(settings)));
}

std::vector<uint32_t> committedSlots(const StepRecord& record) {
    std::vector<uint32_t> slots;
    for (const SlotEvent& event : record.events) {
        slots.push_back(event.position);
    }
    return slots;
}

/// "a" everywhere; surer the further right. At slot i its logit is i, all others are 0.
float surerToTheRight(std::span<const TokenId> /*tokens*/, uint32_t position, TokenId id) {
    return id == kA ? static_cast<float>(position) : 0.0F;
}

TEST(Session, CommitsTheSurestSlotsFirstByTheEvenSchedule) {
    FakeDenoiser model(surerToTheRight);

    const Trace trace = finishedRun(model, "ab", {.length = 5, .steps = 3});

    // even(5, 3) = 2, 2, 1 from the right, where confidence is highest.
    EXPECT_THAT(committedSlots(trace.record(1)), ElementsAre(6, 5));
    EXPECT_THAT(committedSlots(trace.record(2)), ElementsAre(4, 3));
    EXPECT_THAT(committedSlots(trace.record(3)), ElementsAre(2));
    EXPECT_EQ(trace.answerText(3, "_", true), "aaaaa");
    EXPECT_EQ(trace.status(), RunStatus::Complete);
}

TEST(Session, RecordsWhatTheModelBelievedBeforeTheCommits) {
    FakeDenoiser model(surerToTheRight);

    const Trace trace = finishedRun(model, "a", {.length = 3, .steps = 3});

    const StepRecord& second = trace.record(2);
    EXPECT_EQ(second.number, 2U);
    EXPECT_EQ(second.maskedBefore, 2U);
    EXPECT_EQ(second.maskedAfter, 1U);
    EXPECT_EQ(second.rowsComputed, 4U);
    EXPECT_EQ(second.forwardPasses, 1U);
    ASSERT_EQ(second.beliefs.size(), 2U);
    // Slot 2 of the fake: e^2 against 14 other emittable ids of logit 0.
    const double expected = std::exp(2.0) / (std::exp(2.0) + 14.0);
    EXPECT_FLOAT_EQ(second.findBelief(2)->candidates[0].probability, static_cast<float>(expected));
    EXPECT_EQ(second.findBelief(2)->candidates.size(), kRecordedCandidates);
    EXPECT_EQ(second.events[0].probability, second.findBelief(2)->sampledProbability);
    EXPECT_EQ(second.events[0].before, FakeDenoiser::kMask);
}

TEST(Session, BlocksGoFromLeftToRightWithGhostsRightOfThem) {
    FakeDenoiser model(surerToTheRight);

    const Trace trace = finishedRun(model, "ab", {.length = 6, .steps = 4, .blockLength = 3});

    // Two blocks of three slots in two steps each: even(3, 2) = 2, 1.
    EXPECT_THAT(committedSlots(trace.record(1)), ElementsAre(4, 3));
    EXPECT_THAT(committedSlots(trace.record(2)), ElementsAre(2));
    EXPECT_THAT(committedSlots(trace.record(3)), ElementsAre(7, 6));
    EXPECT_THAT(committedSlots(trace.record(4)), ElementsAre(5));
    EXPECT_EQ(trace.record(1).eligibleBegin, 2U);
    EXPECT_EQ(trace.record(1).eligibleEnd, 5U);
    EXPECT_EQ(trace.record(3).block, 1U);
    ASSERT_NE(trace.record(1).findBelief(7), nullptr) << "slots right of the block are shown as ghosts";
    EXPECT_TRUE(std::isnan(trace.record(1).findBelief(7)->score));
    EXPECT_FALSE(std::isnan(trace.record(1).findBelief(4)->score));
}

TEST(Session, CommitsEveryEndOfItsModelLast) {
    FakeDenoiser model(surerToTheRight);
    model.config().endIds = {FakeDenoiser::kEnd, kA};
    const DecodeSettings settings{.length = 4, .steps = 4, .confidenceEosEotInf = true};

    const Trace trace = finishedRun(model, "ab", settings);

    // "a" ends an answer here and is what every slot holds, so that the order of the positions is left, not that of the confidence.
    EXPECT_THAT(committedSlots(trace.record(1)), ElementsAre(2));
    EXPECT_THAT(committedSlots(trace.record(4)), ElementsAre(5));
}

TEST(Session, SeesItsOwnCommitsInTheNextPass) {
    FakeDenoiser model(surerToTheRight);

    finishedRun(model, "b", {.length = 3, .steps = 3});

    const TokenId mask = FakeDenoiser::kMask;
    EXPECT_THAT(model.passes(),
                ElementsAre(ElementsAre(kB, mask, mask, mask), ElementsAre(kB, mask, mask, kA), ElementsAre(kB, mask, kA, kA)));
}

TEST(Session, NeverCommitsTheMask) {
    FakeDenoiser model([](std::span<const TokenId>, uint32_t, TokenId id) { return id == FakeDenoiser::kMask ? 50.0F : 0.0F; });

    const Trace trace = finishedRun(model, "", {.length = 4, .steps = 2});

    for (const TokenId id : trace.canvas(2).tokens()) {
        EXPECT_NE(id, FakeDenoiser::kMask);
    }
}

TEST(Session, AcceptsAnEmptyPromptAndAddsTheBosOnlyWhenTheTokenizerAsks) {
    FakeDenoiser plain(scrambledLogit);
    EXPECT_EQ(mustStart(plain, "", {.length = 4, .steps = 4})->trace().promptLength(), 0U);

    FakeDenoiser withBos(scrambledLogit);
    withBos.setBos(kB);
    const std::unique_ptr<Session> session = mustStart(withBos, "a", {.length = 2, .steps = 2});
    EXPECT_THAT(session->trace().canvas(0).tokens(), ElementsAre(kB, kA, FakeDenoiser::kMask, FakeDenoiser::kMask));
    EXPECT_EQ(session->trace().header().prompt, "a") << "the prompt is kept as typed";
}

TEST(Session, KnowsThePieceOfEveryTokenItMentions) {
    FakeDenoiser model(scrambledLogit);

    const Trace trace = finishedRun(model, "ab", {.length = 6, .steps = 6, .temperature = 5.0F, .seed = 3});

    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            EXPECT_FALSE(trace.piece(belief.sampledId).empty());
            for (const Candidate& candidate : belief.candidates) {
                EXPECT_EQ(trace.piece(candidate.id), model.tokenizer()->piece(candidate.id));
            }
        }
    }
    EXPECT_EQ(trace.piece(kA), "a");
    EXPECT_TRUE(trace.isControl(FakeDenoiser::kMask));
    EXPECT_TRUE(trace.isEnd(FakeDenoiser::kEnd));
}

TEST(Session, RefusesSettingsThatDoNotFitTheModel) {
    FakeDenoiser model(scrambledLogit);

    const auto tooLong = Session::start(model, "abc", {.length = 62, .steps = 62});
    ASSERT_FALSE(tooLong);
    EXPECT_EQ(tooLong.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(tooLong.error().message, HasSubstr("64"));
}

TEST(Session, RefusesBeliefsThatAreNoNumbers) {
    FakeDenoiser model([](std::span<const TokenId>, uint32_t position, TokenId) { return position == 2 ? std::nanf("") : 0.0F; });
    const std::unique_ptr<Session> session = mustStart(model, "a", {.length = 3, .steps = 3});

    const Result<void> stepped = session->step();

    ASSERT_FALSE(stepped);
    EXPECT_EQ(stepped.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(stepped.error().message, HasSubstr("slot 2"));
    EXPECT_EQ(session->trace().steps(), 0U);
}

TEST(Session, CancelLeavesTheSessionAsItWas) {
    FakeDenoiser model(scrambledLogit);
    const DecodeSettings settings{.length = 6, .steps = 6, .temperature = 0.8F, .seed = 11};
    const Trace undisturbed = finishedRun(model, "ab", settings);
    Result<std::unique_ptr<Session>> started = Session::start(model, "ab", requestFor(settings));
    const std::unique_ptr<Session>& session = *started;
    ASSERT_TRUE(session->step());
    std::stop_source source;
    source.request_stop();

    const Result<void> cancelled = session->step(source.get_token());

    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(session->trace().steps(), 1U);
    expectSameDecisions(finishedRun(started), undisturbed);
}

class SessionSettings : public ::testing::TestWithParam<DecodeSettings> {};

std::string settingsName(const DecodeSettings& settings) {
    std::string name(nameOf(settings.order));
    std::replace(name.begin(), name.end(), '-', '_');
    return name + "_blocks" + std::to_string(settings.blocks()) + "_steps" + std::to_string(settings.steps) +
           (settings.temperature > 0.0F ? "_hot" : "_greedy");
}

std::vector<DecodeSettings> everyOrderBlockAndTemperature() {
    std::vector<DecodeSettings> all;
    for (const UnmaskOrder order :
         {UnmaskOrder::LowConfidence, UnmaskOrder::Margin, UnmaskOrder::Entropy, UnmaskOrder::Random, UnmaskOrder::LeftToRight}) {
        for (const float temperature : {0.0F, 0.9F}) {
            all.push_back({.length = 12, .steps = 12, .order = order, .temperature = temperature, .seed = 5});
            all.push_back({.length = 12, .steps = 6, .blockLength = 4, .order = order, .temperature = temperature, .seed = 5});
            all.push_back({.length = 12, .steps = 4, .blockLength = 6, .order = order, .temperature = temperature, .seed = 5});
        }
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(All, SessionSettings, ::testing::ValuesIn(everyOrderBlockAndTemperature()),
                         [](const auto& instance) { return settingsName(instance.param); });

TEST_P(SessionSettings, EveryRunCommitsEverySlotOnceInItsOwnBlock) {
    FakeDenoiser model(scrambledLogit);

    const Trace trace = finishedRun(model, "abc", GetParam());

    EXPECT_EQ(trace.steps(), GetParam().steps);
    EXPECT_EQ(trace.canvas(trace.steps()).maskedCount(), 0U);
    for (uint32_t position = trace.promptLength(); position < trace.slots(); ++position) {
        ASSERT_EQ(trace.history(position, trace.steps()).size(), 1U) << "slot " << position;
        const StepRecord& record = trace.record(trace.history(position, trace.steps())[0].step);
        EXPECT_EQ(record.block, (position - trace.promptLength()) / GetParam().effectiveBlockLength());
    }
}

TEST_P(SessionSettings, EveryCommitHadTheBestScoreLeft) {
    FakeDenoiser model(scrambledLogit);

    const Trace trace = finishedRun(model, "abc", GetParam());

    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        float lowestCommitted = HUGE_VALF;
        for (const SlotEvent& event : record.events) {
            lowestCommitted = std::min(lowestCommitted, record.findBelief(event.position)->score);
        }
        for (const SlotBelief& belief : record.beliefs) {
            const bool stays = trace.canvas(step).isMasked(belief.position);
            EXPECT_FALSE(stays && belief.score > lowestCommitted) << "step " << step << ", slot " << belief.position;
        }
    }
}

TEST_P(SessionSettings, RestoredAtAnyStepItContinuesToTheBit) {
    FakeDenoiser model(scrambledLogit);
    const Trace original = finishedRun(model, "abc", GetParam());

    for (uint32_t step = 0; step <= original.steps(); ++step) {
        Result<std::unique_ptr<Session>> restored = Session::restore(model, original, step);
        ASSERT_TRUE(restored) << restored.error().message;
        EXPECT_EQ((*restored)->trace().steps(), step);
        expectSameDecisions(finishedRun(restored), original);
    }
}

TEST_P(SessionSettings, AnotherSeedMattersExactlyWhereChanceIsAsked) {
    FakeDenoiser model(scrambledLogit);
    DecodeSettings other = GetParam();
    other.seed += 1;

    const Trace first = finishedRun(model, "abc", GetParam());
    const Trace second = finishedRun(model, "abc", other);

    const bool chance = GetParam().temperature > 0.0F || GetParam().order == UnmaskOrder::Random;
    EXPECT_EQ(sameDecision(first.record(1), second.record(1)), !chance);
}

TEST(Session, RestoreRefusesOtherWeightsAndStepsThatAreNotThere) {
    FakeDenoiser model(scrambledLogit);
    Trace trace = finishedRun(model, "a", {.length = 3, .steps = 3});

    EXPECT_EQ(Session::restore(model, trace, 4).error().kind, ErrorKind::InvalidArgument);
    FakeDenoiser other(scrambledLogit);
    other.identity().modelFingerprint = "beef";
    const auto refused = Session::restore(other, trace, 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(refused.error().message, HasSubstr("beef"));
}

TEST(Session, RestoreRefusesATraceThatContradictsItsModel) {
    FakeDenoiser model(scrambledLogit);
    const Trace trace = finishedRun(model, "a", {.length = 3, .steps = 3});
    FakeDenoiser smaller(scrambledLogit);
    smaller.identity().vocabulary = 4;

    EXPECT_EQ(Session::restore(smaller, trace, 1).error().kind, ErrorKind::Corrupt);
}

TEST(Session, ARunContinuedOnAnotherDeviceNamesBoth) {
    FakeDenoiser model(scrambledLogit);
    const Trace trace = finishedRun(model, "a", {.length = 3, .steps = 3});
    FakeDenoiser elsewhere(scrambledLogit);
    elsewhere.identity().device = "slate";

    EXPECT_EQ((*Session::restore(elsewhere, trace, 2))->trace().header().device, "paper; from step 3: slate");
    EXPECT_EQ((*Session::restore(elsewhere, trace, 0))->trace().header().device, "slate");
    EXPECT_EQ((*Session::restore(model, trace, 2))->trace().header().device, "paper");
}

TEST(VerifyTrace, ReproducesAnHonestTrace) {
    FakeDenoiser model(scrambledLogit);
    const Trace trace = finishedRun(model, "abc", {.length = 8, .steps = 4, .temperature = 0.7F, .seed = 2});
    double lastProgress = 0.0;

    const Result<Verification> verification = verifyTrace(model, trace, [&](double share) { lastProgress = share; });

    ASSERT_TRUE(verification);
    EXPECT_EQ(verification->reproduced, 4U);
    EXPECT_EQ(verification->total, 4U);
    EXPECT_EQ(verification->firstDifference, "");
    EXPECT_EQ(lastProgress, 1.0);
}

/// A copy of the trace whose record of `step` was changed by `change`.
Trace forged(const Trace& trace, uint32_t step, const std::function<void(StepRecord&)>& change) {
    Trace copy(trace.header(), trace.canvas(0), trace.pieces(), {});
    for (uint32_t number = 1; number <= trace.steps(); ++number) {
        StepRecord record = trace.record(number);
        if (number == step) {
            change(record);
        }
        copy.append(record);
    }
    return copy;
}

TEST(VerifyTrace, NamesTheFirstStepAndTheQuantityThatDiffer) {
    FakeDenoiser model(scrambledLogit);
    const Trace trace = finishedRun(model, "abc", {.length = 8, .steps = 4});
    const Trace otherProbability = forged(trace, 3, [](StepRecord& record) {
        float& probability = record.beliefs[1].candidates[2].probability;
        probability = std::nextafter(probability, 1.0F);
    });
    const Trace otherCost = forged(trace, 2, [](StepRecord& record) { record.rowsComputed = 1; });
    const Trace otherPass = forged(trace, 2, [](StepRecord& record) { record.passes[0].first = 1; });
    const Trace otherToken = forged(trace, 4, [](StepRecord& record) { record.events[0].after ^= 1U; });

    const Result<Verification> first = verifyTrace(model, otherProbability);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->reproduced, 2U);
    EXPECT_THAT(first->firstDifference, HasSubstr("step 3: the probability of slot"));
    EXPECT_THAT(first->firstDifference, HasSubstr("candidate 3"));

    EXPECT_EQ(verifyTrace(model, otherCost)->firstDifference, "step 2: its bookkeeping differs");
    EXPECT_EQ(verifyTrace(model, otherPass)->firstDifference, "step 2: the first row of pass 1 is 1 in the trace and 0 now");
    EXPECT_THAT(verifyTrace(model, otherToken)->firstDifference, HasSubstr("step 4: the token that came to slot"));
}

/// The reader accepts such a file: it contradicts the schedule, not itself.
TEST(VerifyTrace, ATraceThatGoesOnWithoutMasksIsADifferenceAndNoCrash) {
    FakeDenoiser model(scrambledLogit);
    const Trace honest = finishedRun(model, "abc", {.length = 4, .steps = 1});
    TraceHeader header = honest.header();
    header.settings.steps = 2;
    Trace trace(header, honest.canvas(0), honest.pieces(), {});
    trace.append(honest.record(1));
    trace.append({.number = 2});

    const Result<std::unique_ptr<Session>> restored = Session::restore(model, trace, 1);

    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_TRUE((*restored)->finished());
    EXPECT_EQ(verifyTrace(model, trace)->reproduced, 0U);
}

TEST(VerifyTrace, CanBeCancelled) {
    FakeDenoiser model(scrambledLogit);
    const Trace trace = finishedRun(model, "abc", {.length = 8, .steps = 4});
    std::stop_source source;
    source.request_stop();

    EXPECT_EQ(verifyTrace(model, trace, {}, source.get_token()).error().kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace crystallite
