#include "engine/diffusion/run_plan.h"

#include "engine/diffusion/session.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr TokenId kMask = FakeDenoiser::kMask;
constexpr TokenId kA = FakeDenoiser::kLetterA;
constexpr TokenId kB = kA + 1;

Result<RunPlan> plan(FakeDenoiser& model, std::string_view prompt, const DecodeRequest& request = {}) {
    return planRun(model.config(), *model.tokenizer(), prompt, request);
}

std::string refusal(FakeDenoiser& model, std::string_view prompt, const DecodeRequest& request = {}) {
    const Result<RunPlan> planned = plan(model, prompt, request);
    EXPECT_FALSE(planned) << "was accepted";
    EXPECT_TRUE(planned || planned.error().kind == ErrorKind::InvalidArgument);
    return planned ? "" : planned.error().message;
}

void makeLeftToRight(FakeDenoiser& model) {
    model.config().visibility = Visibility::Causal;
    model.config().shiftLogits = true;
}

void makeBlockCausal(FakeDenoiser& model) {
    model.config().visibility = Visibility::BlockCausal;
    model.config().blockLength = 4;
}

void giveBoard(FakeDenoiser& model) {
    model.config().layout = GridLayout{.rows = 2, .columns = 3, .boxRows = 2, .boxColumns = 3};
    model.config().contextLength = 6;
}

TEST(PlanRun, ChoosesWhatSuitsATextModel) {
    FakeDenoiser model(scrambledLogit);

    const Result<RunPlan> planned = plan(model, "ab");

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->settings.length, 62U) << "what fits a canvas of 64";
    EXPECT_EQ(planned->settings.steps, 62U);
    EXPECT_EQ(planned->settings.order, UnmaskOrder::LowConfidence);
    EXPECT_EQ(plan(model, "a", DecodeRequest{.length = 6, .blockLength = 3})->settings.steps, 6U);
}

TEST(PlanRun, OpensAMaskThatIsWrittenInThePromptAndPinsWhatFollows) {
    FakeDenoiser model(scrambledLogit);

    const Result<RunPlan> planned = plan(model, "a<mask><mask>b<mask>a");
    const Result<RunPlan> longer = plan(model, "a<mask>b", {.length = 2});

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_THAT(planned->canvas.tokens(), ElementsAre(kA, kMask, kMask, kB, kMask, kA));
    EXPECT_THAT(planned->canvas.maskedSlots(), ElementsAre(1, 2, 4));
    EXPECT_EQ(planned->canvas.promptLength(), 1U);
    EXPECT_EQ(planned->settings.length, 5U);
    EXPECT_EQ(planned->settings.steps, 3U);
    ASSERT_TRUE(longer);
    EXPECT_THAT(longer->canvas.maskedSlots(), ElementsAre(1, 3, 4));
}

TEST(PlanRun, RefusesMoreStepsThanOpenSlotsAndNothingToDo) {
    FakeDenoiser model(scrambledLogit);

    EXPECT_THAT(refusal(model, "a<mask>b<mask>b", {.steps = 3}), AllOf(HasSubstr("only 2 slots are open"), HasSubstr("use 2")));
    EXPECT_THAT(refusal(model, "ab", {.length = 0}), HasSubstr("length is 0"));
    EXPECT_THAT(refusal(model, "ab", {.length = 4000000000}), HasSubstr("length of 62"));
}

TEST(PlanRun, TakesABoardAsItsPrompt) {
    FakeDenoiser model(scrambledLogit);
    giveBoard(model);

    const Result<RunPlan> planned = plan(model, "a.0\n _b.");

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_THAT(planned->canvas.tokens(), ElementsAre(kA, kMask, kMask, kMask, kB, kMask));
    EXPECT_EQ(planned->canvas.promptLength(), 0U) << "all of it is the board";
    EXPECT_EQ(planned->canvas.region(0), SlotRegion::Pinned);
    EXPECT_EQ(planned->settings.length, 6U);
    EXPECT_EQ(planned->settings.steps, 4U);
    EXPECT_TRUE(plan(model, "a.0_b.", requestFor(planned->settings))) << "the settings of a trace can be asked for again";
}

TEST(PlanRun, SaysWhatIsWrongWithABoard) {
    FakeDenoiser model(scrambledLogit);
    giveBoard(model);

    EXPECT_THAT(refusal(model, "a.b"), AllOf(HasSubstr("3 cells"), HasSubstr("6 (2 rows of 3)")));
    EXPECT_THAT(refusal(model, "a.b...a"), HasSubstr("7 cells"));
    EXPECT_THAT(refusal(model, "a.!..."), AllOf(HasSubstr("Character 3"), HasSubstr("'!'")));
    EXPECT_THAT(refusal(model, "a.\xff..."), HasSubstr("Character 3"));
    EXPECT_THAT(refusal(model, "abaaba"), HasSubstr("no slot open"));
    EXPECT_THAT(refusal(model, "a.0_b.", {.length = 7}), HasSubstr("leave the length out"));
}

TEST(PlanRun, SaysWhatAModelThatWritesLeftToRightCannotDo) {
    FakeDenoiser model(scrambledLogit);
    makeLeftToRight(model);

    EXPECT_EQ(plan(model, "ab", {.length = 5})->settings.order, UnmaskOrder::LeftToRight);
    EXPECT_EQ(plan(model, "ab", {.length = 5})->settings.steps, 5U);
    EXPECT_THAT(refusal(model, "ab", {.length = 5, .order = UnmaskOrder::Margin}), HasSubstr("it knows left-to-right"));
    EXPECT_THAT(refusal(model, "ab", {.length = 6, .steps = 3}), HasSubstr("6 slots take 6 steps, not 3"));
    EXPECT_THAT(refusal(model, "ab", {.length = 6, .blockLength = 3}), HasSubstr("left-to-right has no blocks"));
    EXPECT_THAT(refusal(model, "", {.length = 6}), HasSubstr("type a prompt"));
    EXPECT_THAT(refusal(model, "a<mask>b"), HasSubstr("cannot fill a gap"));
}

TEST(PlanRun, TakesThePolicysOwnWays) {
    FakeDenoiser model(scrambledLogit);

    const Result<RunPlan> threshold = plan(model, "a<mask>b", {.length = 9, .policy = DecodePolicy::Threshold});
    const Result<RunPlan> dream = plan(model, "ab", {.length = 9, .steps = 40, .policy = DecodePolicy::Dream});
    const Result<RunPlan> loop = plan(model, "ab", {.length = 9, .policy = DecodePolicy::Remdm, .remask = RemaskRule::Loop});

    ASSERT_TRUE(threshold) << threshold.error().message;
    EXPECT_EQ(threshold->settings.steps, 10U) << "one per open slot at most";
    EXPECT_EQ(threshold->settings.threshold, 0.9);
    ASSERT_TRUE(dream) << dream.error().message;
    EXPECT_EQ(dream->settings.order, UnmaskOrder::Origin);
    EXPECT_EQ(dream->settings.steps, 40U);
    ASSERT_TRUE(loop) << loop.error().message;
    EXPECT_EQ(loop->settings.eta, 0.02);
    EXPECT_EQ(loop->settings.temperature, 1.0F);
    for (const Result<RunPlan>* planned : {&threshold, &dream, &loop}) {
        EXPECT_EQ(plan(model, "ab", requestFor((*planned)->settings))->settings.policy, (*planned)->settings.policy);
    }
}

TEST(PlanRun, GivesATextThatGrowsItsRoom) {
    FakeDenoiser model(scrambledLogit);

    EXPECT_THAT(refusal(model, "a<mask>b", {.policy = DecodePolicy::Wino, .options = {{"max_length", 9}}}), HasSubstr("does not look at"));
    const Result<RunPlan> grown = plan(model, "a<mask>b", {.policy = DecodePolicy::DreamOn, .options = {{"max_length", 9}}});
    const Result<RunPlan> fitting = plan(model, "a<mask>b", {.policy = DecodePolicy::DreamOn});

    ASSERT_TRUE(grown) << grown.error().message;
    EXPECT_EQ(grown->canvas.size(), 10U);
    EXPECT_EQ(grown->canvas.room(), 7U);
    EXPECT_EQ(grown->settings.steps, 1U + 2 * 64);
    EXPECT_EQ(fitting->canvas.size(), 63U) << "60 more than at first";
}

TEST(PlanRun, SaysWhatAPolicyCannotDo) {
    FakeDenoiser model(scrambledLogit);

    EXPECT_THAT(refusal(model, "ab", {.options = {{"warp", 1}}}), HasSubstr("no setting 'warp'"));
    EXPECT_THAT(refusal(model, "ab", {.options = {{"threshold", 0.5}}}), HasSubstr("llada does not look at threshold"));
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::Threshold, .options = {{"threshold", 1.5}}}), HasSubstr("threshold is 1.5"));
    EXPECT_THAT(refusal(model, "ab", {.remask = RemaskRule::Cap}), HasSubstr("choose remdm"));
    EXPECT_THAT(refusal(model, "ab", {.length = 6, .blockLength = 3, .policy = DecodePolicy::Dream}), HasSubstr("no blocks"));
    EXPECT_THAT(refusal(model, "ab", {.length = 6, .steps = 9, .policy = DecodePolicy::Factor}), HasSubstr("leave the steps out"));
    EXPECT_THAT(refusal(model, "ab", {.order = UnmaskOrder::Random, .policy = DecodePolicy::EntropyBound}), HasSubstr("order random"));
    makeBlockCausal(model);
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::Wino}), HasSubstr("does not see the whole text"));
    model.config().visibility = Visibility::Full;
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::Dynamic}), HasSubstr("write block after block"));
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::LeftToRight}), HasSubstr("write from left to right"));
    giveBoard(model);
    EXPECT_THAT(refusal(model, "a.0_b.", {.policy = DecodePolicy::DreamOn}), HasSubstr("dreamon"));
    makeLeftToRight(model);
    model.config().layout.reset();
    EXPECT_THAT(refusal(model, "ab", {.length = 3, .policy = DecodePolicy::Klass}), HasSubstr("are for models that denoise"));
}

/// The options about the end of a text, asked of a model that never ends one.
void expectNoEnd(FakeDenoiser& model, std::string_view prompt) {
    EXPECT_THAT(idleOptions(model.config(), *model.tokenizer()), ElementsAre("logits_eos_inf", "confidence_eos_eot_inf", "block_steps"));
    for (const char* const name : {"logits_eos_inf", "confidence_eos_eot_inf"}) {
        const std::string message = refusal(model, prompt, {.options = {{name, 1}}});

        EXPECT_THAT(message, AllOf(HasSubstr("no token that ends a text"), HasSubstr(std::string(name) + " off")));
        EXPECT_TRUE(plan(model, prompt, {.options = {{name, 0}}}));
    }
}

TEST(PlanRun, DoesNotDelayAnEndThatNeverComes) {
    FakeDenoiser model(scrambledLogit);
    EXPECT_TRUE(plan(model, "ab", {.options = {{"logits_eos_inf", 1}, {"confidence_eos_eot_inf", 1}}}));

    FakeDenoiser board(scrambledLogit);
    giveBoard(board);
    expectNoEnd(board, "a.0_b.");
    FakeDenoiser endless(scrambledLogit);
    endless.config().forbiddenIds.insert(endless.config().forbiddenIds.begin() + 1, FakeDenoiser::kEnd);
    expectNoEnd(endless, "ab");
    endless.setEot(FakeDenoiser::kLetterA);
    EXPECT_THAT(refusal(endless, "ab", {.options = {{"logits_eos_inf", 1}}}), HasSubstr("logits_eos_inf off"));
    EXPECT_TRUE(plan(endless, "ab", {.options = {{"confidence_eos_eot_inf", 1}}})) << "an end of turn is enough";
    EXPECT_THAT(idleOptions(endless.config(), *endless.tokenizer()), ElementsAre("logits_eos_inf", "block_steps"));
}

TEST(PoliciesFor, AreThoseThatTheModelCanRun) {
    FakeDenoiser model(scrambledLogit);
    const auto able = [&model] { return policiesFor(model.config(), *model.tokenizer()); };

    constexpr size_t kOfFullCanvases = 9;
    EXPECT_EQ(able().size(), kOfFullCanvases);
    model.config().shiftLogits = true;
    EXPECT_EQ(able().size(), kOfFullCanvases);
    makeBlockCausal(model);
    EXPECT_THAT(able(), AllOf(Contains(DecodePolicy::Klass), Contains(DecodePolicy::Llada21), Not(Contains(DecodePolicy::Wino))));
    EXPECT_THAT(able(), AllOf(Not(Contains(DecodePolicy::Dream)), Not(Contains(DecodePolicy::LeftToRight))));
    model.config().visibility = Visibility::Full;
    giveBoard(model);
    EXPECT_THAT(able(), AllOf(Contains(DecodePolicy::Llada), Not(Contains(DecodePolicy::DreamOn))));
    makeLeftToRight(model);
    EXPECT_THAT(able(), ElementsAre(DecodePolicy::LeftToRight));
}

TEST(PlanRun, CountsTheBlocksOfAModelThatWritesThemFromTheStartOfTheText) {
    FakeDenoiser model(scrambledLogit);
    makeBlockCausal(model);

    const Result<RunPlan> planned = plan(model, "abcdef", {.length = 7});
    const Result<RunPlan> padded = plan(model, "abcdef", {.length = 7, .policy = DecodePolicy::Bd3lm});
    const Result<RunPlan> longer = plan(model, "abcdef", {.length = 7, .blockLength = 8});

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->settings.blockAnchor, BlockAnchor::Text);
    EXPECT_EQ(planned->settings.blockLength, 4U);
    EXPECT_EQ(planned->settings.cache, CacheKind::Exact);
    EXPECT_TRUE(planned->settings.stopsAtEnd);
    EXPECT_EQ(planned->settings.steps, 7U);
    ASSERT_TRUE(padded) << padded.error().message;
    EXPECT_EQ(padded->settings.blockOffset, 2U);
    ASSERT_TRUE(longer) << longer.error().message;
    EXPECT_EQ(longer->settings.blockLength, 8U);
    for (const Result<RunPlan>* run : {&planned, &padded, &longer}) {
        const Result<RunPlan> again = plan(model, "abcdef", requestFor((*run)->settings));
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(again->settings, (*run)->settings);
    }
    EXPECT_THAT(refusal(model, "ab", {.length = 8, .steps = 20}), HasSubstr("say with block_steps"));
    EXPECT_THAT(refusal(model, "ab", {.length = 8, .options = {{"block_steps", 5}}}), HasSubstr("a block has only 4 slots"));
    EXPECT_THAT(refusal(model, "ab", {.length = 8, .policy = DecodePolicy::FastDllmV2, .options = {{"sub_block", 8}}}),
                HasSubstr("more than the 4 of a block"));
}

TEST(PlanRun, TakesACacheOnlyWhereItHasSomethingToKeep) {
    FakeDenoiser model(scrambledLogit);
    const auto caches = [&model](DecodePolicy policy) {
        return cachesFor(model.config(), plan(model, "ab", {.policy = policy})->settings);
    };

    EXPECT_EQ(plan(model, "ab")->settings.cache, CacheKind::None);
    EXPECT_THAT(caches(DecodePolicy::Klass), ElementsAre(CacheKind::None, CacheKind::Prefix, CacheKind::Dual));
    EXPECT_THAT(caches(DecodePolicy::Wino), ElementsAre(CacheKind::None));
    EXPECT_THAT(refusal(model, "ab", {.cache = CacheKind::Exact}), HasSubstr("choose none, prefix or dual"));
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::Wino, .cache = CacheKind::Dual}), HasSubstr("compute anew"));
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::DreamOn, .cache = CacheKind::Dual}), HasSubstr("adds and removes slots"));
    EXPECT_THAT(refusal(model, "ab", {.cache = CacheKind::Dual, .options = {{"cfg_scale", 1}}}), HasSubstr("guidance"));
    EXPECT_THAT(refusal(model, "ab", {.policy = DecodePolicy::Remdm, .cache = CacheKind::Dual, .options = {{"strict_reference", 1}}}),
                HasSubstr("not published"));
    EXPECT_THAT(refusal(model, "ab", {.options = {{"block_steps", 2}}}), HasSubstr("no blocks of its own"));
    makeBlockCausal(model);
    EXPECT_EQ(plan(model, "ab", {.options = {{"cfg_scale", 1}}})->settings.cache, CacheKind::None) << "nobody asked for one";
    EXPECT_THAT(refusal(model, "ab", {.cache = CacheKind::Dual}), HasSubstr("choose exact"));
    EXPECT_THAT(refusal(model, "ab", {.cache = CacheKind::SubBlock}), HasSubstr("fast-dllm-v2"));
    EXPECT_THAT(caches(DecodePolicy::FastDllmV2), ElementsAre(CacheKind::None, CacheKind::Exact, CacheKind::SubBlock));
}

Trace finishedRun(FakeDenoiser& model, std::string_view prompt, const DecodeRequest& request) {
    return finishedRun(Session::start(model, prompt, request));
}

TEST(LeftToRight, AsksForTheNextSlotAndCommitsIt) {
    FakeDenoiser model(scrambledLogit);
    makeLeftToRight(model);

    const Trace trace =
        finishedRun(model, "ab", {.length = 4, .temperature = 0.8F, .seed = 3, .cache = CacheKind::None, .stopsAtEnd = false});

    ASSERT_EQ(trace.steps(), 4U);
    for (uint32_t step = 1; step <= 4; ++step) {
        const StepRecord& record = trace.record(step);
        ASSERT_EQ(record.beliefs.size(), 1U) << "it has no opinion about later slots";
        ASSERT_EQ(record.events.size(), 1U);
        EXPECT_EQ(record.events[0].position, step + 1);
        EXPECT_EQ(record.eligibleBegin, step + 1);
        EXPECT_EQ(record.eligibleEnd, step + 2);
        EXPECT_EQ(record.rowsComputed, step + 1) << "row " << step << " is the last that is needed";
    }
}

TEST(LeftToRight, ContinuesToTheBitAndVerifies) {
    FakeDenoiser model(scrambledLogit);
    makeLeftToRight(model);
    const Trace original = finishedRun(model, "ab", {.length = 6, .temperature = 0.9F, .seed = 5, .stopsAtEnd = false});

    for (uint32_t step = 0; step <= original.steps(); ++step) {
        expectSameDecisions(finishedRun(Session::restore(model, original, step)), original);
    }
    EXPECT_EQ(verifyTrace(model, original)->reproduced, 6U);
}

TEST(LeftToRight, RefusesATraceWhoseSettingsItCannotHaveMade) {
    FakeDenoiser both(scrambledLogit);
    const Trace denoised = finishedRun(both, "ab", {.length = 4});
    FakeDenoiser model(scrambledLogit);
    makeLeftToRight(model);

    EXPECT_THAT(Session::restore(model, denoised, 1).error().message, HasSubstr("choose left-to-right"));
}

TEST(LeftToRight, IsAnOrderOfModelsThatDenoiseToo) {
    FakeDenoiser model(scrambledLogit);

    const Trace trace = finishedRun(model, "a", {.length = 5, .steps = 3, .order = UnmaskOrder::LeftToRight});

    EXPECT_EQ(trace.record(1).beliefs.size(), 5U) << "every masked slot is asked";
    EXPECT_EQ(trace.record(1).events.size(), 2U);
    EXPECT_EQ(trace.record(1).events[0].position, 1U);
    EXPECT_EQ(trace.record(1).events[1].position, 2U);
    EXPECT_EQ(trace.record(3).events[0].position, 5U);
}

TEST(Infilling, LeavesTheGivenTextWhereItStands) {
    FakeDenoiser model(scrambledLogit);

    const Trace trace = finishedRun(model, "a<mask><mask>b", {});

    EXPECT_EQ(trace.steps(), 2U);
    EXPECT_EQ(trace.canvas(2).maskedCount(), 0U);
    EXPECT_EQ(trace.canvas(2).token(3), kB);
    EXPECT_TRUE(trace.history(3, 2).empty());
    EXPECT_EQ(verifyTrace(model, trace)->reproduced, 2U);
}

}  // namespace
}  // namespace crystallite
