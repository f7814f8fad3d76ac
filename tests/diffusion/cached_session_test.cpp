#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/session.h"
#include "engine/trace/decode_option.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uint32_t kBlock = 4;
constexpr const char* kPrompt = "abcdefg";  // ends inside the second block

/// A run with a cache on the fake of two layers.
struct CachedRun {
    std::string name;
    Visibility visibility = Visibility::Full;
    bool shift = false;
    DecodeRequest request;

    [[nodiscard]] std::unique_ptr<FakeDenoiser> model() const {
        auto model = std::make_unique<FakeDenoiser>(scrambledLogit);
        model->attend(visibility, visibility == Visibility::BlockCausal ? kBlock : 0, shift);
        return model;
    }
};

void PrintTo(const CachedRun& run, std::ostream* out) {
    *out << run.name;
}

DecodeRequest wanted(DecodePolicy policy, CacheKind cache, std::vector<OptionValue> options = {}) {
    return {.length = 14, .seed = 3, .policy = policy, .cache = cache, .stopsAtEnd = false, .options = std::move(options)};
}

std::vector<CachedRun> everyPolicyWithItsCaches() {
    std::vector<CachedRun> runs;
    const std::vector<OptionValue> bold = {{"threshold", 0.15}};
    for (const bool shift : {false, true}) {
        const std::string suffix = shift ? "_shifted" : "";
        const auto add = [&](const std::string& name, Visibility visibility, DecodeRequest request) {
            runs.push_back({.name = name + suffix, .visibility = visibility, .shift = shift, .request = std::move(request)});
        };
        for (const CacheKind cache : {CacheKind::Prefix, CacheKind::Dual}) {
            const std::string name = cache == CacheKind::Dual ? "dual" : "prefix";
            for (const DecodePolicy policy :
                 {DecodePolicy::Llada, DecodePolicy::Klass, DecodePolicy::Threshold, DecodePolicy::EntropyBound}) {
                DecodeRequest request = wanted(policy, cache);
                request.blockLength = 7;
                add(name + "_" + std::to_string(static_cast<int>(policy)), Visibility::Full, request);
            }
            add(name + "_remdm", Visibility::Full, wanted(DecodePolicy::Remdm, cache));
            add(name + "_dream", Visibility::Full, wanted(DecodePolicy::Dream, cache));
        }
        add("block_llada", Visibility::BlockCausal, wanted(DecodePolicy::Llada, CacheKind::Exact, {{"block_steps", 3}}));
        add("block_klass", Visibility::BlockCausal, wanted(DecodePolicy::Klass, CacheKind::Exact, {{"kl_bound", 1.0}, {"threshold", 0.1}}));
        add("block_factor", Visibility::BlockCausal, wanted(DecodePolicy::Factor, CacheKind::Exact));
        add("block_dynamic", Visibility::BlockCausal, wanted(DecodePolicy::Dynamic, CacheKind::Exact, bold));
        add("block_bd3lm", Visibility::BlockCausal, wanted(DecodePolicy::Bd3lm, CacheKind::Exact, {{"block_steps", 3}}));
        add("block_edits", Visibility::BlockCausal,
            wanted(DecodePolicy::Llada21, CacheKind::Exact, {{"edit_threshold", 0.12}, {"max_post_steps", 3}}));
        DecodeRequest hot = wanted(DecodePolicy::Dynamic, CacheKind::Exact, {{"top_k", 5}, {"top_p", 0.9}});
        hot.temperature = 0.8F;
        add("block_hot", Visibility::BlockCausal, hot);
    }
    for (const CacheKind cache : {CacheKind::Exact, CacheKind::SubBlock}) {
        runs.push_back({.name = cache == CacheKind::Exact ? "sub_blocks_exact" : "sub_blocks_cached",
                        .visibility = Visibility::BlockCausal,
                        .shift = true,
                        .request = wanted(DecodePolicy::FastDllmV2, cache, {{"sub_block", 2}})});
    }
    DecodeRequest hot = wanted(DecodePolicy::LeftToRight, CacheKind::Exact, {{"top_k", 4}});
    hot.temperature = 0.7F;
    runs.push_back({.name = "left_to_right", .visibility = Visibility::Causal, .shift = true, .request = hot});
    return runs;
}

std::unique_ptr<Session> mustStart(Denoiser& model, const DecodeRequest& request) {
    Result<std::unique_ptr<Session>> session = Session::start(model, std::string_view(kPrompt), request);
    EXPECT_TRUE(session) << session.error().message;
    return std::move(*session);
}

Trace finishedRun(Denoiser& model, const DecodeRequest& request) {
    return finishedRun(Session::start(model, std::string_view(kPrompt), request));
}

class CachedSession : public ::testing::TestWithParam<CachedRun> {};

INSTANTIATE_TEST_SUITE_P(All, CachedSession, ::testing::ValuesIn(everyPolicyWithItsCaches()),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(CachedSession, RestoredAtAnyStepItContinuesToTheBit) {
    const std::unique_ptr<FakeDenoiser> model = GetParam().model();
    const Trace original = finishedRun(*model, GetParam().request);

    for (uint32_t step = 0; step <= original.steps(); ++step) {
        expectSameDecisions(finishedRun(Session::restore(*model, original, step)), original);
    }
}

TEST_P(CachedSession, StoppedInTheMiddleOfAnyPassItContinuesToTheBit) {
    const std::unique_ptr<FakeDenoiser> model = GetParam().model();
    const Trace undisturbed = finishedRun(*model, GetParam().request);
    const size_t passes = model->cachedPasses().size();
    ASSERT_GT(passes, 2U);

    for (size_t pass = 0; pass < passes; ++pass) {
        const std::unique_ptr<Session> session = mustStart(*model, GetParam().request);
        model->stopAfter(pass);
        uint32_t stops = 0;
        while (!session->finished()) {
            const Result<void> stepped = session->step();
            stops += stepped ? 0 : 1;
            ASSERT_TRUE(stepped || stepped.error().kind == ErrorKind::Cancelled) << stepped.error().message;
        }
        EXPECT_EQ(stops, 1U);
        expectSameDecisions(session->trace(), undisturbed);
    }
}

TEST_P(CachedSession, TwoSessionsTakeTurnsOnOneModel) {
    const std::unique_ptr<FakeDenoiser> model = GetParam().model();
    DecodeRequest other = GetParam().request;
    other.seed += 1;
    other.temperature = 0.9F;
    const Trace alone = finishedRun(*model, GetParam().request);
    const Trace otherAlone = finishedRun(*model, other);

    const std::unique_ptr<Session> first = mustStart(*model, GetParam().request);
    const std::unique_ptr<Session> second = mustStart(*model, other);
    takeTurns(*first, *second);

    expectSameDecisions(first->trace(), alone);
    expectSameDecisions(second->trace(), otherAlone);
}

class ExactlyCachedSession : public CachedSession {};

std::vector<CachedRun> thoseWithAnExactCache() {
    std::vector<CachedRun> runs = everyPolicyWithItsCaches();
    std::erase_if(runs, [](const CachedRun& run) { return run.request.cache != CacheKind::Exact; });
    return runs;
}

INSTANTIATE_TEST_SUITE_P(All, ExactlyCachedSession, ::testing::ValuesIn(thoseWithAnExactCache()),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(ExactlyCachedSession, ChangesNothingAndSavesRows) {
    const std::unique_ptr<FakeDenoiser> model = GetParam().model();
    DecodeRequest uncached = GetParam().request;
    uncached.cache = CacheKind::None;

    const Trace cached = finishedRun(*model, GetParam().request);
    const Trace whole = finishedRun(*model, uncached);

    ASSERT_EQ(cached.steps(), whole.steps());
    uint64_t rows = 0;
    uint64_t wholeRows = 0;
    for (uint32_t step = 1; step <= whole.steps(); ++step) {
        EXPECT_EQ(cached.record(step).events, whole.record(step).events) << "step " << step;
        EXPECT_EQ(cached.record(step).beliefs, whole.record(step).beliefs) << "step " << step;
        EXPECT_EQ(cached.record(step).forwardPasses, whole.record(step).forwardPasses) << "step " << step;
        rows += cached.record(step).rowsComputed;
        wholeRows += whole.record(step).rowsComputed;
    }
    EXPECT_LT(rows, wholeRows);
}

TEST_P(CachedSession, ItsTraceCannotClaimOtherPasses) {
    const std::unique_ptr<FakeDenoiser> model = GetParam().model();
    const Trace honest = finishedRun(*model, GetParam().request);
    Trace forged(honest.header(), honest.canvas(0), honest.pieces(), {});
    for (uint32_t step = 1; step <= honest.steps(); ++step) {
        StepRecord record = honest.record(step);
        if (step == 2 && !record.passes.empty()) {
            record.passes.back().rows -= 1;
        }
        forged.append(record);
    }

    const auto restored = Session::restore(*model, forged, 2);

    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(restored.error().message, HasSubstr("passes of step 2"));
}

std::vector<std::string> passesOf(const Trace& trace) {
    std::vector<std::string> texts;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        std::string text;
        for (const PassRecord& pass : trace.record(step).passes) {
            text += (text.empty() ? "" : ", ") + std::string(nameOf(pass.kind)) + " " + std::to_string(pass.first) + "-" +
                    std::to_string(pass.end());
        }
        texts.push_back(text);
    }
    return texts;
}

std::vector<std::string> passesOf(Visibility visibility, bool shift, const DecodeRequest& request) {
    const CachedRun run{.name = "", .visibility = visibility, .shift = shift, .request = request};
    const std::unique_ptr<FakeDenoiser> model = run.model();
    return passesOf(finishedRun(*model, request));
}

TEST(CachedPasses, OfFullCanvasesBeginEveryBlockWithTheWholeText) {
    DecodeRequest request{.length = 6, .steps = 4, .blockLength = 3, .policy = DecodePolicy::Llada, .cache = CacheKind::Dual};

    EXPECT_THAT(passesOf(Visibility::Full, false, request), ElementsAre("refresh 0-13", "denoise 7-10", "refresh 0-13", "denoise 10-13"));
    EXPECT_THAT(passesOf(Visibility::Full, true, request), ElementsAre("refresh 0-13", "denoise 6-10", "refresh 0-13", "denoise 9-13"));
    request.cache = CacheKind::Prefix;
    EXPECT_THAT(passesOf(Visibility::Full, false, request), ElementsAre("refresh 0-13", "denoise 7-13", "refresh 0-13", "denoise 10-13"));
}

TEST(CachedPasses, OfBlocksKeepWhatIsFinishedBeforeTheNextOne) {
    DecodeRequest request{.length = 7, .policy = DecodePolicy::Llada, .options = {{"block_steps", 2}}};

    // A prompt of 7 in blocks of 4: one whole block, then slots 7; 8 to 11; 12 and 13.
    EXPECT_THAT(passesOf(Visibility::BlockCausal, false, request),
                ElementsAre("prefill 0-4, denoise 4-8", "commit 4-8, denoise 8-12", "denoise 8-12", "commit 8-12, denoise 12-14"));
    request.cache = CacheKind::None;
    EXPECT_THAT(passesOf(Visibility::BlockCausal, false, request),
                ElementsAre("denoise 0-8", "denoise 0-12", "denoise 0-12", "denoise 0-14"));
}

TEST(CachedPasses, FromLeftToRightComputeOneRowAStep) {
    const DecodeRequest request{.length = 3};

    EXPECT_THAT(passesOf(Visibility::Causal, true, request), ElementsAre("prefill 0-6, denoise 6-7", "denoise 7-8", "denoise 8-9"));
}

TEST(CachedPasses, AreCountedApartFromWhatTheyKeep) {
    CachedRun run{.name = "", .visibility = Visibility::BlockCausal, .request = {.length = 7, .policy = DecodePolicy::Llada}};
    const std::unique_ptr<FakeDenoiser> model = run.model();

    const Trace trace = finishedRun(*model, run.request);

    EXPECT_EQ(trace.record(1).forwardPasses, 1U);
    EXPECT_EQ(trace.record(1).rowsComputed, 8U);
}

TEST(Session, StopsWhenTheBlockOfAnEndIsFull) {
    // The second slot of the second block ends the text; everything else is "a".
    const auto logit = [](std::span<const TokenId>, uint32_t position, TokenId id) {
        return id == (position == 9 ? FakeDenoiser::kEnd : FakeDenoiser::kLetterA) ? 5.0F : 0.0F;
    };
    FakeDenoiser model(logit);
    model.attend(Visibility::BlockCausal, kBlock, false);

    const Trace stopped = finishedRun(model, {.length = 14, .policy = DecodePolicy::Llada});
    const Trace going = finishedRun(model, {.length = 14, .policy = DecodePolicy::Llada, .stopsAtEnd = false});

    EXPECT_EQ(stopped.canvas(stopped.steps()).maskedSlots().front(), 12U);
    EXPECT_EQ(stopped.status(), RunStatus::Complete);
    EXPECT_EQ(going.canvas(going.steps()).maskedCount(), 0U);
}

}  // namespace
}  // namespace crystallite
