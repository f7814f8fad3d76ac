// A text of which a share is masked: which words vanish is decided by the seed, and more noise takes more words and never others.

#include "app/noise.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace crystallite::testing {
namespace {

NoisyText words(uint32_t count) {
    std::vector<SentToken> tokens{{.id = 7, .bytes = "<bos>", .special = true}};
    for (uint32_t word = 0; word < count; ++word) {
        tokens.push_back({.id = 100 + word, .bytes = " word"});
    }
    return noisyText(std::move(tokens));
}

size_t openOf(const std::vector<SentToken>& tokens) {
    return static_cast<size_t>(std::ranges::count_if(tokens, &SentToken::open));
}

TEST(Noise, TheEndsTakeNothingAndEverythingButWhatIsGiven) {
    const NoisyText text = words(50);
    EXPECT_EQ(addNoise(text, 0.0, 3, 9), text.tokens);
    const std::vector<SentToken> all = addNoise(text, 1.0, 3, 9);
    EXPECT_EQ(openOf(all), 50U);
    EXPECT_EQ(all.front().id, 7U) << "a special token stays";
    EXPECT_TRUE(std::all_of(all.begin() + 1, all.end(), [](const SentToken& token) { return token.id == 9 && token.open; }));
}

TEST(Noise, MoreNoiseTakesMoreAndNeverOthers) {
    const NoisyText text = words(200);
    std::vector<SentToken> before = text.tokens;
    for (int percent = 0; percent <= 100; percent += 5) {
        const std::vector<SentToken> now = addNoise(text, percent / 100.0, 11, 9);
        for (size_t index = 0; index < now.size(); ++index) {
            EXPECT_TRUE(!before[index].open || now[index].open) << "token " << index << " came back at " << percent << " %";
        }
        before = now;
    }
    EXPECT_NE(addNoise(text, 0.5, 11, 9), addNoise(text, 0.5, 12, 9)) << "the seed decides which";
    EXPECT_EQ(addNoise(text, 0.5, 11, 9), addNoise(text, 0.5, 11, 9));
}

TEST(Noise, TheShareIsThatOfTheSlider) {
    constexpr uint32_t kWords = 20'000;
    const double share = 0.3;
    const auto open = static_cast<double>(openOf(addNoise(words(kWords), share, 5, 9)));
    // A binomial count: four standard deviations.
    EXPECT_NEAR(open, share * kWords, 4.0 * std::sqrt(kWords * share * (1.0 - share)));
}

TEST(Noise, OfAFrameThePromptStaysAndOpenSlotsAreOpen) {
    const Trace trace = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
    const NoisyText text = noisyText(trace, 4);
    ASSERT_EQ(text.tokens.size(), trace.canvas(4).textLength());
    const std::vector<SentToken> all = addNoise(text, 1.0, 1, trace.header().maskId);
    for (uint32_t position = 0; position < text.tokens.size(); ++position) {
        const bool isPrompt = position < trace.promptLength();
        EXPECT_EQ(all[position].open, !isPrompt) << position;
        EXPECT_EQ(text.tokens[position].open, trace.canvas(4).isMasked(position)) << position;
        EXPECT_EQ(all[position].id, isPrompt ? trace.canvas(4).token(position) : trace.header().maskId);
    }
}

}  // namespace
}  // namespace crystallite::testing
