#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/samplers/dream.h"
#include "engine/diffusion/samplers/remdm.h"
#include "engine/diffusion/session.h"
#include "engine/trace/decode_option.h"
#include "tests/diffusion/fake_denoiser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

/// Quantile 0.999 of the chi-square distribution; a right sampler fails with one seed in a thousand, and the seeds are fixed.
double chiSquareBound(size_t degrees) {
    constexpr double kZ = 3.0902;  // of the normal distribution
    const double share = 2.0 / (9.0 * static_cast<double>(degrees));
    return static_cast<double>(degrees) * std::pow(1.0 - share + kZ * std::sqrt(share), 3.0);  // Wilson & Hilferty, 1931
}

/// Sum of (counted - expected)^2 / expected.
double chiSquare(const std::vector<double>& counted, const std::vector<double>& expected) {
    double sum = 0.0;
    for (size_t i = 0; i < counted.size(); ++i) {
        EXPECT_GE(expected[i], 5.0) << "class " << i << " is too rare for the distribution to hold";
        sum += (counted[i] - expected[i]) * (counted[i] - expected[i]) / expected[i];
    }
    return sum;
}

Trace finishedRun(FakeDenoiser& model, const DecodeSettings& settings) {
    auto session = Session::start(model, "a", requestFor(settings));
    EXPECT_TRUE(session) << session.error().message;
    while (!(*session)->finished()) {
        EXPECT_TRUE((*session)->step());
    }
    return (*session)->trace();
}

float evenLogit(std::span<const TokenId> /*tokens*/, uint32_t /*position*/, TokenId id) {
    return id % 5 == 0 ? 1.0F : 0.0F;
}

TEST(DreamTime, FallsFromOneToEpsAsTorchLinspaceDoes) {
    // torch.linspace(1, 1e-3, 5) and (1, 1e-3, 6) in f32, worked out by hand: from the left up to the middle, from the right behind it.
    EXPECT_EQ(dreamTime(0, 4, 1e-3), 1.0F);
    EXPECT_FLOAT_EQ(dreamTime(1, 4, 1e-3), 0.75025F);
    EXPECT_FLOAT_EQ(dreamTime(2, 4, 1e-3), 0.5005F);
    EXPECT_EQ(dreamTime(4, 4, 1e-3), 1e-3F);
    EXPECT_FLOAT_EQ(dreamTime(3, 5, 1e-3), 0.4006F);
    EXPECT_EQ(dreamTime(5, 5, 1e-3), 1e-3F);
}

/// A slot commits in step i with the share 1 - t(i + 1) / t(i) if it is still open, so with t(i) - t(i + 1) in all, and with t in the last.
TEST(DreamOrigin, CommitsEverySlotAtAStepOfTheLinearSchedule) {
    FakeDenoiser model(evenLogit);
    DecodeSettings settings = usualSettings(DecodePolicy::Dream);
    settings.length = 40;
    settings.steps = 8;
    std::vector<double> counted(8, 0.0);
    constexpr uint32_t kRuns = 150;

    for (settings.seed = 0; settings.seed < kRuns; ++settings.seed) {
        const Trace trace = finishedRun(model, settings);
        for (uint32_t step = 1; step <= trace.steps(); ++step) {
            counted[step - 1] += static_cast<double>(trace.record(step).events.size());
        }
    }

    std::vector<double> expected;
    for (uint32_t i = 0; i < 8; ++i) {
        const double left = i == 7 ? 0.0 : static_cast<double>(dreamTime(i + 1, 8, settings.eps));
        expected.push_back((static_cast<double>(dreamTime(i, 8, settings.eps)) - left) * kRuns * 40);
    }
    EXPECT_LT(chiSquare(counted, expected), chiSquareBound(7));
}

/// Without replacement by weights softmax(c / alg_temp): which slot is the first of a step has exactly these chances.
TEST(DreamAlgTemp, ChoosesTheFirstSlotByItsWeight) {
    constexpr uint32_t kSlots = 4;
    FakeDenoiser model([](std::span<const TokenId>, uint32_t position, TokenId id) {
        return id == FakeDenoiser::kLetterA ? static_cast<float>(position) : 0.0F;
    });
    DecodeSettings settings = usualSettings(DecodePolicy::Dream);
    settings.order = UnmaskOrder::LowConfidence;
    settings.length = kSlots;
    settings.steps = 2;
    settings.algTemp = 0.4;
    std::vector<double> counted(kSlots, 0.0);
    constexpr uint32_t kRuns = 3000;

    for (settings.seed = 0; settings.seed < kRuns; ++settings.seed) {
        const Trace trace = finishedRun(model, settings);
        counted[trace.record(1).events.front().position - 1] += 1.0;
    }

    std::vector<double> expected;
    double sum = 0.0;
    for (uint32_t position = 1; position <= kSlots; ++position) {
        const double confidence = std::exp(position) / (std::exp(position) + 14.0);  // against 14 other ids of logit 0
        expected.push_back(std::exp(confidence / settings.algTemp));
        sum += expected.back();
    }
    for (double& value : expected) {
        value *= kRuns / sum;
    }
    EXPECT_LT(chiSquare(counted, expected), chiSquareBound(kSlots - 1));
}

TEST(RemdmChances, FollowTheirFormulas) {
    DecodeSettings settings = usualSettings(DecodePolicy::Remdm, RemaskRule::Cap);
    settings.eps = 1e-6;
    settings.steps = 10;

    // From t = 1/2 to s = 2/5: alpha from 0.5 to 0.6, and sigma at most (1 - 0.6) / 0.5 = 0.8.
    const RemdmChances cap = remdmChances(settings, 5);
    EXPECT_NEAR(cap.sigma, 0.008, 1e-9);
    EXPECT_NEAR(cap.commit(cap.sigma), (0.6 - 0.992 * 0.5) / 0.5, 1e-5);
    // The last step, to t = 0, leaves nothing to withdraw.
    EXPECT_NEAR(remdmChances(settings, 9).sigma, 1e-6 / 0.9, 1e-7);
    EXPECT_NEAR(remdmChances(settings, 9).commit(0.0), 1.0, 1e-5);
    // The first step holds nothing yet.
    EXPECT_NEAR(remdmChances(settings, 0).commit(0.3), 0.1, 1e-5);

    settings.remask = RemaskRule::Rescale;
    settings.eta = 0.015;
    EXPECT_NEAR(remdmChances(settings, 5).sigma, 0.015 * 0.8, 1e-6);
    settings.remask = RemaskRule::Confidence;
    EXPECT_NEAR(remdmChances(settings, 5).sigma, 0.8, 1e-5);

    settings.remask = RemaskRule::Loop;
    settings.eta = 0.02;
    // Before the loop alpha rises to 0.9 while t falls to 0.55, in it alpha stands and what is withdrawn is filled, behind it alpha rises
    // to 1.
    EXPECT_NEAR(remdmChances(settings, 2).alphaNow, 0.2 * 0.9 / 0.45, 1e-5);
    EXPECT_EQ(remdmChances(settings, 2).sigma, 0.0);
    EXPECT_NEAR(remdmChances(settings, 6).commit(0.02), 0.02 * 0.9 / 0.1, 1e-9);
    EXPECT_EQ(remdmChances(settings, 6).sigma, 0.02);
    settings.steps = 100;
    EXPECT_NEAR(remdmChances(settings, 96).alphaNow, 1.0 - 0.04 * 0.1 / 0.05, 1e-4);
    EXPECT_EQ(remdmChances(settings, 96).sigma, 0.0);
}

/// Counts of what happened and of what was to be expected, given how many slots were open and held at every step.
struct RemdmCounts {
    std::vector<double> counted = {0, 0, 0, 0};  // committed, stayed open, withdrawn, stayed
    std::vector<double> expected = {0, 0, 0, 0};

    void add(const Trace& trace, const DecodeSettings& settings) {
        for (uint32_t step = 1; step <= settings.steps; ++step) {
            const RemdmChances chances = remdmChances(settings, step - 1);
            const StepRecord& record = trace.record(step);
            const double open = record.maskedBefore;
            const double held = settings.length - open;
            const auto commits = static_cast<double>(std::count_if(record.events.begin(), record.events.end(),
                                                                   [](const SlotEvent& event) { return event.kind == EventKind::Commit; }));
            const double withdrawn = static_cast<double>(record.events.size()) - commits;
            const double chance = chances.commit(chances.sigma);
            const std::vector<double> now = {commits, open - commits, withdrawn, held - withdrawn};
            const std::vector<double> wanted = {open * chance, open * (1 - chance), held * chances.sigma, held * (1 - chances.sigma)};
            for (size_t i = 0; i < 4; ++i) {
                counted[i] += now[i];
                expected[i] += wanted[i];
            }
        }
    }
};

TEST(Remdm, CommitsAndWithdrawsWithItsChances) {
    for (const RemaskRule rule : {RemaskRule::Cap, RemaskRule::Rescale, RemaskRule::Loop}) {
        FakeDenoiser model(evenLogit);
        DecodeSettings settings = usualSettings(DecodePolicy::Remdm, rule);
        settings.length = 40;
        settings.steps = 30;
        settings.eta = 0.05;
        RemdmCounts counts;

        for (settings.seed = 0; settings.seed < 40; ++settings.seed) {
            counts.add(finishedRun(model, settings), settings);
        }

        // Two independent choices between two outcomes; that the chances differ from step to step makes the sum only smaller.
        EXPECT_LT(chiSquare(counts.counted, counts.expected), chiSquareBound(2)) << nameOf(rule);
    }
}

TEST(Remdm, LeavesNothingOpenAndNothingGivenChanged) {
    for (const RemaskRule rule : {RemaskRule::Cap, RemaskRule::Rescale, RemaskRule::Confidence, RemaskRule::Loop}) {
        FakeDenoiser model(hashedLogits(5, 1));
        auto session =
            Session::start(model, "ab<mask>c<mask>", {.length = 9, .steps = 25, .seed = 3, .policy = DecodePolicy::Remdm, .remask = rule});
        ASSERT_TRUE(session) << session.error().message;
        while (!(*session)->finished()) {
            ASSERT_TRUE((*session)->step());
        }
        const Trace& trace = (*session)->trace();
        const Canvas& last = trace.canvas(trace.steps());

        EXPECT_EQ(last.maskedCount(), 0U);
        EXPECT_EQ(last.token(3), FakeDenoiser::kLetterA + 2);
        EXPECT_TRUE(trace.history(3, 0).empty());
        EXPECT_LE(trace.steps(), 26U);
        EXPECT_EQ(verifyTrace(model, trace)->firstDifference, "") << nameOf(rule);
    }
}

class ChanceOfPolicy : public ::testing::TestWithParam<DecodePolicy> {};

std::vector<DecodePolicy> everyPolicy() {
    std::vector<DecodePolicy> all;
    for (const PolicyTraits& traits : policies()) {
        all.push_back(traits.policy);
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(All, ChanceOfPolicy, ::testing::ValuesIn(everyPolicy()), [](const auto& instance) {
    std::string name(nameOf(instance.param));
    std::replace_if(
        name.begin(), name.end(), [](char letter) { return letter == '-' || letter == '.'; }, '_');
    return name;
});

/// One that the policy can run.
std::unique_ptr<FakeDenoiser> modelFor(DecodePolicy policy) {
    auto model = std::make_unique<FakeDenoiser>(hashedLogits(9, 1));
    model->allowExpand();
    const PolicyModels models = traitsOf(policy).models;
    if (models == PolicyModels::BlockCausal) {
        model->config().visibility = Visibility::BlockCausal;
        model->config().blockLength = 8;
    }
    if (models == PolicyModels::Causal) {
        model->config().visibility = Visibility::Causal;
        model->config().shiftLogits = true;
    }
    return model;
}

DecodeRequest hotRequest(DecodePolicy policy, uint64_t seed) {
    const bool hasSteps = traitsOf(policy).steps != StepRule::AsNeeded;
    // One slot a step leaves chance fewer draws.
    const float temperature = policy == DecodePolicy::LeftToRight ? 4.0F : 0.8F;
    return {.length = 10, .steps = hasSteps ? std::optional(5U) : std::nullopt, .temperature = temperature, .seed = seed, .policy = policy};
}

Trace hotRun(DecodePolicy policy, uint64_t seed) {
    const std::unique_ptr<FakeDenoiser> model = modelFor(policy);
    auto session = Session::start(*model, "ab", hotRequest(policy, seed));
    EXPECT_TRUE(session) << session.error().message;
    while (!(*session)->finished()) {
        EXPECT_TRUE((*session)->step());
    }
    return (*session)->trace();
}

TEST_P(ChanceOfPolicy, TheSameSeedGivesTheSameRunAndAnotherSeedAnother) {
    const Trace first = hotRun(GetParam(), 4);
    const Trace again = hotRun(GetParam(), 4);
    const Trace other = hotRun(GetParam(), 5);

    ASSERT_EQ(first.steps(), again.steps());
    for (uint32_t step = 1; step <= first.steps(); ++step) {
        EXPECT_TRUE(sameDecision(first.record(step), again.record(step)));
    }
    // A single draw may give the same token; a whole run of them does not.
    bool isSame = first.steps() == other.steps();
    for (uint32_t step = 1; isSame && step <= first.steps(); ++step) {
        isSame = sameDecision(first.record(step), other.record(step));
    }
    EXPECT_FALSE(isSame);
}

TEST_P(ChanceOfPolicy, ContinuesToTheBitFromEveryStep) {
    const Trace original = hotRun(GetParam(), 4);
    const std::unique_ptr<FakeDenoiser> model = modelFor(GetParam());

    for (uint32_t step = 0; step <= original.steps(); ++step) {
        auto restored = Session::restore(*model, original, step);
        ASSERT_TRUE(restored) << restored.error().message;
        while (!(*restored)->finished()) {
            ASSERT_TRUE((*restored)->step());
        }
        ASSERT_EQ((*restored)->trace().steps(), original.steps());
        for (uint32_t number = 1; number <= original.steps(); ++number) {
            ASSERT_TRUE(sameDecision((*restored)->trace().record(number), original.record(number))) << "step " << number;
        }
    }
}

/// A stop between two passes loses what the model kept of the first.
TEST_P(ChanceOfPolicy, GoesOnAfterAStopAsIfNothingHadHappened) {
    const Trace undisturbed = hotRun(GetParam(), 4);
    const std::unique_ptr<FakeDenoiser> model = modelFor(GetParam());
    auto session = Session::start(*model, "ab", hotRequest(GetParam(), 4));
    ASSERT_TRUE(session);
    std::stop_source stopped;
    stopped.request_stop();

    while (!(*session)->finished()) {
        const Result<void> refused = (*session)->step(stopped.get_token());
        if (!refused) {  // a step in which nothing is open makes no pass
            EXPECT_EQ(refused.error().kind, ErrorKind::Cancelled);
            ASSERT_TRUE((*session)->step());
        }
    }

    ASSERT_EQ((*session)->trace().steps(), undisturbed.steps());
    for (uint32_t step = 1; step <= undisturbed.steps(); ++step) {
        EXPECT_TRUE(sameDecision((*session)->trace().record(step), undisturbed.record(step))) << "step " << step;
    }
}

}  // namespace
}  // namespace crystallite
