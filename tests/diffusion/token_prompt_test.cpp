#include "engine/diffusion/session.h"
#include "tests/diffusion/fake_denoiser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;

constexpr TokenId kMask = FakeDenoiser::kMask;
constexpr TokenId kA = FakeDenoiser::kLetterA;

TEST(TokenPrompt, OpensTheSlotsWhereTheMaskStands) {
    FakeDenoiser model(scrambledLogit);
    const std::vector<TokenId> prompt = {kA, kMask, kA + 1, kMask};

    const Result<RunPlan> planned = planRun(model.config(), *model.tokenizer(), prompt, {});

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_THAT(planned->canvas.maskedSlots(), ElementsAre(1U, 3U));
    EXPECT_THAT(planned->canvas.pinnedSlots(), ElementsAre(PinnedSlot{.position = 2, .id = kA + 1}));
}

/// DiffuGPT's mask is an ordinary word: where a prompt holds it, it is meant.
TEST(TokenPrompt, TakesAMaskThatIsAWordForTheWord) {
    FakeDenoiser model(scrambledLogit);
    model.config().maskId = kA;
    const std::vector<TokenId> prompt = {kA + 1, kA, kA + 1};

    const Result<RunPlan> planned = planRun(model.config(), *model.tokenizer(), prompt, {.length = 2});

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->canvas.promptLength(), 3U);
    EXPECT_THAT(planned->canvas.maskedSlots(), ElementsAre(3U, 4U));
    EXPECT_FALSE(planned->canvas.isMasked(1));
    EXPECT_EQ(planned->canvas.token(3), kA);
}

/// SMDM's mask is an id that no tokenizer has.
TEST(TokenPrompt, OpensASlotForAMaskBeyondTheTokenizer) {
    FakeDenoiser model(scrambledLogit);
    const TokenId beyond = model.tokenizer()->size();
    model.config().maskId = beyond;
    const std::vector<TokenId> prompt = {kA, beyond};

    const Result<RunPlan> planned = planRun(model.config(), *model.tokenizer(), prompt, {});

    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_THAT(planned->canvas.maskedSlots(), ElementsAre(1U));
}

TEST(TokenPrompt, IsKeptInTheTraceAsItsText) {
    FakeDenoiser model(scrambledLogit);
    const std::vector<TokenId> prompt = {kA, kA + 1};

    const auto fromIds = Session::start(model, prompt, {.length = 3});
    const auto fromText = Session::start(model, "ab", {.length = 3});

    ASSERT_TRUE(fromIds && fromText);
    EXPECT_EQ((*fromIds)->trace().header().prompt, "ab");
    EXPECT_EQ((*fromIds)->trace().canvas(0), (*fromText)->trace().canvas(0));
}

}  // namespace
}  // namespace crystallite
