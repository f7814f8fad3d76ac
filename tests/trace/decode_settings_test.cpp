#include "engine/trace/decode_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
    for (const char* name : {"low-confidence", "margin", "entropy", "random", "left-to-right"}) {
        const Result<UnmaskOrder> order = parseUnmaskOrder(name);

        ASSERT_TRUE(order) << name;
        EXPECT_EQ(nameOf(*order), name);
    }
}

TEST(UnmaskOrder, UnknownNameListsTheKnownOnes) {
    const Result<UnmaskOrder> order = parseUnmaskOrder("fastest");

    ASSERT_FALSE(order);
    EXPECT_THAT(order.error().message, AllOf(HasSubstr("fastest"), HasSubstr("low-confidence, margin, entropy, random, left-to-right")));
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
        BadSettings{"Frozen", {.temperature = -0.5F}, 0, {"-0.5", "0 to 10"}},
        BadSettings{"TooHot", {.temperature = 10.5F}, 0, {"10.5", "0 to 10"}},
        BadSettings{"NotANumber", {.temperature = std::numeric_limits<float>::quiet_NaN()}, 0, {"nan", "0 to 10"}}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace crystallite
