#include "engine/trace/decode_settings.h"

#include "engine/trace/decode_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uint32_t kLongest = 192;

TEST(EvenSchedule, GivesTheRemainderToTheFirstSteps) {
    EXPECT_THAT(evenSchedule(10, 4), ElementsAre(3, 3, 2, 2));
    EXPECT_THAT(evenSchedule(8, 4), ElementsAre(2, 2, 2, 2));
    EXPECT_THAT(evenSchedule(3, 5), ElementsAre(1, 1, 1, 0, 0));
}

TEST(EvenSchedule, CommitsEverySlotByTheLastStep) {
    for (uint32_t masked = 0; masked <= 40; ++masked) {
        for (uint32_t steps = 1; steps <= 40; ++steps) {
            const std::vector<uint32_t> schedule = evenSchedule(masked, steps);

            EXPECT_EQ(schedule.size(), steps);
            EXPECT_EQ(std::accumulate(schedule.begin(), schedule.end(), 0U), masked) << masked << " slots in " << steps << " steps";
        }
    }
}

TEST(UnmaskOrder, NamesRoundTrip) {
    for (const char* name : {"low-confidence", "margin", "entropy", "random", "left-to-right", "origin"}) {
        const Result<UnmaskOrder> order = parseUnmaskOrder(name);

        ASSERT_TRUE(order) << name;
        EXPECT_EQ(nameOf(*order), name);
    }
}

TEST(UnmaskOrder, UnknownNameListsTheKnownOnes) {
    const Result<UnmaskOrder> order = parseUnmaskOrder("fastest");

    ASSERT_FALSE(order);
    EXPECT_THAT(order.error().message,
                AllOf(HasSubstr("fastest"), HasSubstr("low-confidence, margin, entropy, random, left-to-right, origin")));
}

TEST(DecodePolicy, NamesRoundTripAndAnUnknownOneListsThem) {
    for (const PolicyTraits& traits : policies()) {
        const Result<DecodePolicy> policy = parseDecodePolicy(traits.name);
        ASSERT_TRUE(policy) << traits.name;
        EXPECT_EQ(*policy, traits.policy);
        EXPECT_FALSE(traits.orders.empty()) << traits.name;
    }
    EXPECT_THAT(parseDecodePolicy("oracle").error().message, AllOf(HasSubstr("oracle"), HasSubstr("llada, dream, threshold")));
    EXPECT_THAT(parseRemaskRule("never").error().message, HasSubstr("cap, rescale, conf, loop"));
}

TEST(DecodeOption, UsualSettingsPassAndEveryValueOutsideIsRefused) {
    for (const PolicyTraits& traits : policies()) {
        DecodeSettings usual = usualSettings(traits.policy);
        usual.length = usual.steps = 16;
        if (traits.models == PolicyModels::BlockCausal) {
            usual.blockLength = 8;
            usual.blockAnchor = BlockAnchor::Text;
        }
        EXPECT_TRUE(checkSettings(usual, 0, kLongest)) << traits.name << ": " << checkSettings(usual, 0, kLongest).error().message;
        for (const DecodeOption& option : decodeOptions()) {
            for (const double value : {option.lowest - 1.0, option.highest + 1.0, std::nan("")}) {
                DecodeSettings changed = usual;
                const Result<void> set = option.setIn(changed, value);
                ASSERT_FALSE(set) << option.name << " " << value;
                EXPECT_THAT(set.error().message, AllOf(HasSubstr(std::string(option.name)), HasSubstr("must be")));
                EXPECT_EQ(changed, usual);
            }
        }
    }
    DecodeSettings settings;
    EXPECT_THAT(findDecodeOption("top_k")->setIn(settings, 2.5).error().message, HasSubstr("a whole number from 0"));
    EXPECT_THAT(findDecodeOption("strict_reference")->setIn(settings, 2).error().message, HasSubstr("0 or 1"));
    EXPECT_EQ(findDecodeOption("magic"), nullptr);
}

DecodeSettings changedSettings(DecodePolicy policy, const std::function<void(DecodeSettings&)>& change) {
    DecodeSettings settings = usualSettings(policy);
    settings.length = settings.steps = 12;
    change(settings);
    return settings;
}

TEST(CheckSettings, AcceptsDefaultsBlocksAndOneStep) {
    EXPECT_TRUE(checkSettings({}, 10, kLongest));
    EXPECT_TRUE(checkSettings({.length = 64, .steps = 64, .blockLength = 32}, 0, kLongest));
    EXPECT_TRUE(checkSettings({.length = 64, .steps = 2, .blockLength = 32}, 128, kLongest));
    EXPECT_TRUE(checkSettings({.length = 64, .steps = 1}, 0, kLongest));
    EXPECT_TRUE(checkSettings({.length = 64, .steps = 64, .temperature = 10.0F}, 0, kLongest));
}

struct BadSettings {
    const char* name;
    DecodeSettings settings;
    uint32_t promptTokens;
    std::vector<std::string> said;
};

void PrintTo(const BadSettings& bad, std::ostream* out) {
    *out << bad.name;
}

class CheckSettingsRefuses : public ::testing::TestWithParam<BadSettings> {};

TEST_P(CheckSettingsRefuses, WithTheValueAndOneThatWouldDo) {
    const Result<void> checked = checkSettings(GetParam().settings, GetParam().promptTokens, kLongest);

    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, ErrorKind::InvalidArgument);
    for (const std::string& part : GetParam().said) {
        EXPECT_THAT(checked.error().message, HasSubstr(part));
    }
}

INSTANTIATE_TEST_SUITE_P(
    DecodeSettings, CheckSettingsRefuses,
    ::testing::Values(
        BadSettings{"NoSlots", {.length = 0}, 0, {"length is 0"}},
        BadSettings{"LongerThanTheCanvas", {.length = 128, .steps = 128}, 100, {"228", "192", "length of 92"}},
        BadSettings{"PromptFillsTheCanvas", {.length = 1, .steps = 1}, 192, {"193", "shorten the prompt"}},
        BadSettings{"LengthThatWrapsAround", {.length = 0xFFFFFFFF, .steps = 1}, 2, {"4294967297"}},
        BadSettings{"BlockLongerThanTheAnswer", {.length = 32, .steps = 32, .blockLength = 64}, 0, {"64", "32 or less"}},
        BadSettings{"UnevenBlocks", {.length = 60, .steps = 60, .blockLength = 32}, 0, {"60 slots", "blocks of 32", "block length of 30"}},
        BadSettings{"NoSteps", {.length = 64, .steps = 0, .blockLength = 32}, 0, {"steps is 0", "2 to 64"}},
        BadSettings{"MoreStepsThanSlots", {.length = 64, .steps = 65}, 0, {"65", "64 steps or fewer"}},
        BadSettings{"UnevenSteps", {.length = 64, .steps = 9, .blockLength = 16}, 0, {"9 steps", "4 blocks", "12 steps"}},
        BadSettings{"ABlockWhereThereIsNone",
                    changedSettings(DecodePolicy::Dream, [](DecodeSettings& settings) { settings.blockLength = 4; }),
                    0,
                    {"dream", "no blocks"}},
        BadSettings{"BlocksOfTheTextWhereThereAreNone",
                    changedSettings(DecodePolicy::Llada2, [](DecodeSettings& settings) { settings.blockLength = 4; }),
                    0,
                    {"llada2", "write block after block"}},
        BadSettings{"AGuidedCache",
                    changedSettings(DecodePolicy::Llada,
                                    [](DecodeSettings& settings) {
                                        settings.cache = CacheKind::Dual;
                                        settings.cfgScale = 1.0;
                                    }),
                    0,
                    {"dual", "guidance"}},
        BadSettings{"SubBlocksOfAnotherPolicy",
                    changedSettings(DecodePolicy::Llada, [](DecodeSettings& settings) { settings.cache = CacheKind::SubBlock; }),
                    0,
                    {"sub-block", "fast-dllm-v2"}},
        BadSettings{"AnOrderOfAnotherPolicy",
                    changedSettings(DecodePolicy::Dream, [](DecodeSettings& settings) { settings.order = UnmaskOrder::Random; }),
                    0,
                    {"order random", "origin, low-confidence, margin, entropy"}},
        BadSettings{"StepsWhereNobodyChoosesThem",
                    changedSettings(DecodePolicy::Threshold, [](DecodeSettings& settings) { settings.steps = 13; }),
                    0,
                    {"threshold", "at most 12", "leave the steps out"}},
        BadSettings{"EndlessTime",
                    changedSettings(DecodePolicy::Remdm, [](DecodeSettings& settings) { settings.steps = 100000; }),
                    0,
                    {"100000", "1 to 65536"}},
        BadSettings{"ANucleusOfNothing",
                    changedSettings(DecodePolicy::Dream, [](DecodeSettings& settings) { settings.topP = 0.0; }),
                    0,
                    {"top_p is 0", "must be"}},
        BadSettings{"ALoopThatEndsBeforeItBegins",
                    [] {
                        DecodeSettings settings = usualSettings(DecodePolicy::Remdm, RemaskRule::Loop);
                        settings.length = settings.steps = 12;
                        settings.loopOff = 0.6;
                        return settings;
                    }(),
                    0,
                    {"t_off", "t_on"}},
        BadSettings{"LongerThanItMayGrow",
                    changedSettings(DecodePolicy::DreamOn, [](DecodeSettings& settings) { settings.maxLength = 8; }),
                    0,
                    {"12 slots", "8", "max_length"}},
        BadSettings{"RoomBeyondTheCanvas",
                    changedSettings(DecodePolicy::DreamOn, [](DecodeSettings& settings) { settings.maxLength = 500; }),
                    10,
                    {"510", "192", "max_length of 182"}},
        BadSettings{"Frozen", {.temperature = -0.5F}, 0, {"-0.5", "0 to 10"}},
        BadSettings{"TooHot", {.temperature = 10.5F}, 0, {"10.5", "0 to 10"}},
        BadSettings{"NotANumber", {.temperature = std::numeric_limits<float>::quiet_NaN()}, 0, {"nan", "0 to 10"}}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace crystallite
