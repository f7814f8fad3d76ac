#include "engine/text/pre_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace crystallite {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> split(std::string_view rule, std::string_view text) {
    const auto preTokenizer = PreTokenizer::create(rule);
    EXPECT_TRUE(preTokenizer) << rule;
    return (*preTokenizer)->split(text);
}

TEST(PreTokenizer, SplitsByTheRuleOfGpt2) {
    EXPECT_THAT(split("gpt-2", "I'll pay  $300, café!\n"), ElementsAre("I", "'ll", " pay", " ", " $", "300", ",", " café", "!", "\n"));
}

TEST(PreTokenizer, SplitsDigitsOneByOneOrByThree) {
    EXPECT_THAT(split("qwen2", "12345"), ElementsAre("1", "2", "3", "4", "5"));
    EXPECT_THAT(split("llama-bpe", "12345"), ElementsAre("123", "45"));
    EXPECT_THAT(split("gpt-2", "12345"), ElementsAre("12345"));
}

TEST(PreTokenizer, KeepsTrailingNewlinesWithPunctuationInLaterRules) {
    EXPECT_THAT(split("qwen2", "end.\n\nNEXT'S"), ElementsAre("end", ".\n\n", "NEXT", "'S"));
    EXPECT_THAT(split("gpt-2", "end.\n\nNEXT'S"), ElementsAre("end", ".", "\n", "\n", "NEXT", "'", "S"));
}

TEST(PreTokenizer, MakesEachIllFormedByteAPieceOfItsOwn) {
    EXPECT_THAT(split("gpt-2", "ab\xff\xc3 cd\xe2\x82"), ElementsAre("ab", "\xff", "\xc3", " cd", "\xe2", "\x82"));
}

TEST(PreTokenizer, SplitsNothingIntoNothing) {
    EXPECT_TRUE(split("gpt-2", "").empty());
}

TEST(PreTokenizer, KeepsARunOfAMillionSpacesTogether) {
    const std::string spaces(1'000'000, ' ');

    EXPECT_THAT(split("qwen2", spaces), ElementsAre(spaces));
    EXPECT_THAT(split("gpt-2", spaces + "x"), ElementsAre(std::string_view(spaces).substr(1), " x"));
}

TEST(PreTokenizer, NamesTheRulesItKnowsWhenAskedForAnother) {
    const auto unknown = PreTokenizer::create("tekken");

    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(unknown.error().message, testing::AllOf(testing::HasSubstr("'tekken'"), testing::HasSubstr("gpt-2, qwen2, llama-bpe")));
}

}  // namespace
}  // namespace crystallite
