#include "engine/diffusion/passes_to_come.h"
#include "engine/diffusion/session.h"
#include "engine/trace/branch.h"
#include "engine/trace/run_cost.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace crystallite {
namespace {

uint32_t draw(std::mt19937& chance) {
    return static_cast<uint32_t>(chance());
}

using ::testing::HasSubstr;

constexpr TokenId kMask = FakeDenoiser::kMask;
constexpr const char* kPrompt = "abcdefg";

struct HandRun {
    std::string name;
    Visibility visibility = Visibility::Full;
    DecodeRequest request;

    [[nodiscard]] std::unique_ptr<FakeDenoiser> model() const {
        auto model = std::make_unique<FakeDenoiser>(scrambledLogit);
        if (request.policy == DecodePolicy::DreamOn) {
            model->allowExpand();
        } else {
            model->attend(visibility, visibility == Visibility::BlockCausal ? 4 : 0, false);
        }
        return model;
    }
};

void PrintTo(const HandRun& run, std::ostream* out) {
    *out << run.name;
}

std::vector<HandRun> everyPolicy() {
    std::vector<HandRun> runs;
    const auto add = [&runs](DecodePolicy policy, Visibility visibility, uint32_t block, CacheKind cache,
                             std::vector<OptionValue> options = {}) {
        DecodeRequest request{
            .length = 12, .seed = 5, .policy = policy, .cache = cache, .stopsAtEnd = false, .options = std::move(options)};
        if (block > 0) {
            request.blockLength = block;
        }
        std::string name(nameOf(policy));
        name += std::string("_") + std::string(nameOf(cache)) + "_" + std::to_string(block) + "_" + std::to_string(request.options.size()) +
                (visibility == Visibility::BlockCausal ? "_blocks" : "");
        for (char& letter : name) {
            letter = letter == '-' || letter == '.' ? '_' : letter;
        }
        runs.push_back({.name = name, .visibility = visibility, .request = std::move(request)});
    };
    using enum DecodePolicy;
    for (const uint32_t block : {0U, 4U}) {
        for (const DecodePolicy policy : {Llada, Threshold, Factor, EntropyBound, Klass, Wino}) {
            add(policy, Visibility::Full, block, CacheKind::None);
        }
    }
    add(Klass, Visibility::Full, 4, CacheKind::None, {{"strict_reference", 1}});
    add(Klass, Visibility::Full, 0, CacheKind::None, {{"kl_bound", 5}, {"threshold", 0.05}});
    add(Llada, Visibility::Full, 4, CacheKind::Prefix);
    add(Threshold, Visibility::Full, 4, CacheKind::Dual);
    for (const DecodePolicy policy : {Dream, Remdm, DreamOn}) {
        add(policy, Visibility::Full, 0, CacheKind::None);
    }
    for (const CacheKind cache : {CacheKind::None, CacheKind::Exact}) {
        add(Llada, Visibility::BlockCausal, 0, cache, {{"block_steps", 3}});
        for (const DecodePolicy policy : {Dynamic, Llada2, Bd3lm, FastDllmV2, Klass, Factor}) {
            add(policy, Visibility::BlockCausal, 0, cache);
        }
        add(Llada21, Visibility::BlockCausal, 0, cache, {{"edit_threshold", 0.12}, {"max_post_steps", 3}});
        add(DecodePolicy::LeftToRight, Visibility::Causal, 0, cache);
    }
    add(FastDllmV2, Visibility::BlockCausal, 0, CacheKind::SubBlock, {{"sub_block", 2}});
    return runs;
}

SlotEvent by(const Canvas& now, EventKind kind, uint32_t position, TokenId word = kMask) {
    const bool keeps = kind == EventKind::Pin || kind == EventKind::Unpin;
    const TokenId held = kind == EventKind::Insert ? kMask : now.token(position);
    return {.kind = kind,
            .position = position,
            .before = held,
            .after = keeps ? held : word,
            .probability = std::numeric_limits<float>::quiet_NaN()};
}

/// A change of the wanted kind that the run takes, if chance finds one.
std::optional<SlotEvent> changeOf(const Trace& trace, EventKind kind, std::mt19937& chance) {
    const Canvas& now = trace.canvas(trace.steps());
    for (uint32_t attempt = 0; attempt < 60; ++attempt) {
        const uint32_t position = trace.promptLength() + draw(chance) % (now.textLength() - trace.promptLength());
        const bool writes = kind == EventKind::Commit || kind == EventKind::Edit;
        const SlotEvent event = by(now, kind, position, writes ? FakeDenoiser::kLetterA + draw(chance) % FakeDenoiser::kLetters : kMask);
        Trace tried = trace;
        if (appendByHand(tried, {event})) {
            return event;
        }
    }
    return std::nullopt;
}

constexpr EventKind kKinds[] = {EventKind::Commit, EventKind::Remask, EventKind::Edit,  EventKind::Insert,
                                EventKind::Delete, EventKind::Pin,    EventKind::Unpin, EventKind::Prefer};

/// The run up to `frame`, a change of every kind that it takes, and the rest.
Trace changedRun(Denoiser& model, const Trace& parent, uint32_t frame, std::mt19937& chance) {
    const uint32_t room = whyLengthIsFixed(parent).empty() && parent.slots() + 3 <= model.config().contextLength ? 3 : 0;
    Trace branch = *branchOf(parent, frame, room);
    for (const EventKind kind : kKinds) {
        if (const std::optional<SlotEvent> event = changeOf(branch, kind, chance)) {
            EXPECT_TRUE(appendByHand(branch, {*event}));
        }
    }
    return finishedRun(Session::restore(model, branch, branch.steps()));
}

class HandSession : public ::testing::TestWithParam<HandRun> {
protected:
    std::unique_ptr<FakeDenoiser> model_ = GetParam().model();
    Trace parent_ = finishedRun(Session::start(*model_, kPrompt, GetParam().request));
};

/// Whoever pinned it, no step of the model touches a pinned slot, and the run ends full.
TEST_P(HandSession, LeavesWhatIsPinnedAndFillsWhatIsOpen) {
    for (uint32_t seed = 0; seed < 6; ++seed) {
        std::mt19937 chance(seed);
        const Trace run = changedRun(*model_, parent_, draw(chance) % (parent_.steps() + 1), chance);
        // As published the model may draw its mask, which fills nothing and costs a step.
        if (!parent_.header().settings.strictReference) {
            EXPECT_EQ(run.canvas(run.steps()).maskedCount(), 0U) << "seed " << seed;
        }
        EXPECT_LE(run.steps(), mostSteps(run));
        for (uint32_t step = 1; step <= run.steps(); ++step) {
            Canvas canvas = run.canvas(step - 1);
            for (const SlotEvent& event : run.record(step).events) {
                const bool isPinned = event.kind != EventKind::Insert && canvas.region(event.position) == SlotRegion::Pinned;
                EXPECT_TRUE(!isPinned || run.record(step).byHand) << "step " << step;
                canvas.apply(event);
            }
        }
    }
}

TEST_P(HandSession, ReproducesItselfAndContinuesFromEveryStep) {
    std::mt19937 chance(11);
    const Trace run = changedRun(*model_, parent_, parent_.steps() / 2, chance);

    const Result<Verification> verified = verifyTrace(*model_, run);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->reproduced, run.steps()) << verified->firstDifference;
    for (uint32_t step = run.handSteps().back(); step < run.steps(); ++step) {
        const Trace again = finishedRun(Session::restore(*GetParam().model(), run, step));
        expectSameDecisions(again, run);
    }
}

/// The slots that were put first are the first that are committed.
TEST_P(HandSession, CommitsWhatIsPreferredFirst) {
    Trace branch = *branchOf(parent_, 0);
    const std::vector<uint32_t> open = branch.canvas(0).maskedSlots();
    const uint32_t last =
        GetParam().visibility == Visibility::Causal ? open.front() : open[GetParam().request.blockLength ? 3 : open.size() - 1];
    if (!appendByHand(branch, {by(branch.canvas(0), EventKind::Prefer, last)})) {
        EXPECT_EQ(GetParam().visibility, Visibility::Causal);
        return;
    }
    const Trace run = finishedRun(Session::restore(*model_, branch, 1));
    for (uint32_t step = 2; step <= run.steps(); ++step) {
        const StepRecord& record = run.record(step);
        if (last >= record.eligibleBegin && last < record.eligibleEnd) {
            ASSERT_FALSE(record.events.empty());
            const auto first = std::find_if(record.events.begin(), record.events.end(),
                                            [](const SlotEvent& event) { return event.kind == EventKind::Commit; });
            ASSERT_NE(first, record.events.end());
            EXPECT_EQ(first->position, last);
            return;
        }
    }
    ADD_FAILURE() << "the slot was never eligible";
}

TEST_P(HandSession, SaysHowManyPassesAreToCome) {
    for (uint32_t seed = 0; seed < 4; ++seed) {
        std::mt19937 chance(seed);
        const Trace run = changedRun(*model_, parent_, draw(chance) % (parent_.steps() + 1), chance);
        for (uint32_t frame = run.handSteps().empty() ? 0 : run.handSteps().back(); frame <= run.steps(); ++frame) {
            Trace sofar = *branchOf(run, frame);
            uint64_t passes = 0;
            for (uint32_t step = frame + 1; step <= run.steps(); ++step) {
                passes += run.record(step).forwardPasses;
            }
            const PassesToCome said = passesToCome(model_->config(), *model_->tokenizer(), sofar);
            EXPECT_TRUE(said.isExact ? said.passes == passes : said.passes >= passes)
                << "seed " << seed << " frame " << frame << ": " << passes << " of " << said.passes;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Policies, HandSession, ::testing::ValuesIn(everyPolicy()), [](const auto& test) { return test.param.name; });

/// An exact cache stays exact: with and without it a changed run decides the same.
TEST(HandSessionCache, ExactOnesStayExactAfterAChange) {
    for (const DecodePolicy policy : {DecodePolicy::Dynamic, DecodePolicy::Bd3lm, DecodePolicy::Llada21, DecodePolicy::FastDllmV2}) {
        for (uint32_t seed = 0; seed < 6; ++seed) {
            std::vector<Trace> runs;
            for (const CacheKind cache : {CacheKind::None, CacheKind::Exact}) {
                HandRun run{.visibility = Visibility::BlockCausal,
                            .request = {.length = 12, .seed = 5, .policy = policy, .cache = cache, .stopsAtEnd = false}};
                const std::unique_ptr<FakeDenoiser> model = run.model();
                const Trace parent = finishedRun(Session::start(*model, kPrompt, run.request));
                std::mt19937 chance(seed);
                runs.push_back(changedRun(*model, parent, parent.steps() / 2, chance));
            }
            ASSERT_EQ(runs[0].steps(), runs[1].steps()) << nameOf(policy) << " seed " << seed;
            for (uint32_t frame = 0; frame <= runs[0].steps(); ++frame) {
                EXPECT_EQ(runs[0].canvas(frame), runs[1].canvas(frame)) << nameOf(policy) << " seed " << seed << " frame " << frame;
            }
        }
    }
}

TEST(HandSessionRefusal, AModelThatWritesFromLeftToRightTakesTheNextSlotAlone) {
    HandRun causal{.visibility = Visibility::Causal, .request = {.length = 6, .policy = DecodePolicy::LeftToRight, .stopsAtEnd = false}};
    const std::unique_ptr<FakeDenoiser> model = causal.model();
    const Trace parent = finishedRun(Session::start(*model, kPrompt, causal.request));
    Trace branch = *branchOf(parent, 2);
    const Canvas& now = branch.canvas(2);
    EXPECT_THAT(appendByHand(branch, {by(now, EventKind::Edit, 8, 3)}).error().message, HasSubstr("was written after it"));
    EXPECT_THAT(appendByHand(branch, {by(now, EventKind::Commit, 10, 3)}).error().message, HasSubstr("cannot look ahead"));
    EXPECT_THAT(appendByHand(branch, {by(now, EventKind::Insert, 9)}).error().message, HasSubstr("longer or shorter answer"));
    EXPECT_TRUE(appendByHand(branch, {by(now, EventKind::Commit, 9, 3)}));
    const Trace run = finishedRun(Session::restore(*model, branch, 3));
    EXPECT_EQ(run.canvas(run.steps()).token(9), 3U);
    EXPECT_EQ(run.canvas(run.steps()).maskedCount(), 0U);
}

TEST(HandSessionRefusal, RoomBeyondTheLongestCanvasIsNamed) {
    HandRun plain{.request = {.length = 6, .policy = DecodePolicy::Llada, .stopsAtEnd = false}};
    const std::unique_ptr<FakeDenoiser> model = plain.model();
    const Trace parent = finishedRun(Session::start(*model, kPrompt, plain.request));
    const Trace branch = *branchOf(parent, 2, model->config().contextLength);
    const auto restored = Session::restore(*model, branch, 2);
    ASSERT_FALSE(restored);
    EXPECT_THAT(restored.error().message, HasSubstr("ask for less room"));
}

}  // namespace
}  // namespace crystallite
