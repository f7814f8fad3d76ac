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
    return preTokenizer->split(text);
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

TEST(PreTokenizer, SplitsByTheRuleOfBailing) {
    EXPECT_THAT(split("llada-moe", "It'LL be 42!\n\n ok\n\nend"),
                ElementsAre("It", "'LL", " be", " ", "4", "2", "!\n\n", " ok", "\n\n", "end"));
    // The run of white space up to its last line break is one piece, as in the rules with [\r\n]+.
    EXPECT_THAT(split("llada-moe", "a \n \nb"), ElementsAre("a", " \n \n", "b"));
}

TEST(PreTokenizer, SplitsByTheRuleOfSeedCoder) {
    // Punctuation does not take the line breaks behind it, unlike in qwen2.
    EXPECT_THAT(split("seed-coder", "end.\n\n12"), ElementsAre("end", ".", "\n\n", "1", "2"));
    EXPECT_THAT(split("qwen2", "end.\n\n12"), ElementsAre("end", ".\n\n", "1", "2"));
}

TEST(PreTokenizer, SplitsByTheRuleOfTekken) {
    // A capital begins a piece; capitals stay together with each other and with what follows the last.
    EXPECT_THAT(split("tekken", "camelCase HTTPServer 日本 12"), ElementsAre("camel", "Case", " HTTPServer", " 日本", " ", "1", "2"));
    EXPECT_THAT(split("tekken", "don't/\n//"), ElementsAre("don", "'t", "/\n//"));
    EXPECT_THAT(split("tekken", "ABC"), ElementsAre("ABC"));
}

TEST(PreTokenizer, TakesWhiteSpaceAsUnicodeDefinesIt) {
    // U+180E was white space until Unicode 6.3 and still is to PCRE2; U+0085 and U+3000 are.
    EXPECT_THAT(split("gpt-2", "a\xe1\xa0\x8e"), ElementsAre("a", "\xe1\xa0\x8e"));
    EXPECT_THAT(split("qwen2", " \xe1\xa0\x8e."), ElementsAre(" \xe1\xa0\x8e."));
    EXPECT_THAT(split("gpt-2", "\xc2\x85\xe3\x80\x80z"), ElementsAre("\xc2\x85", "\xe3\x80\x80", "z"));
}

TEST(PreTokenizer, KnowsTheOtherNamesOfARule) {
    for (const char* name : {"bailingmoe", "bailingmoe2", "llama3", "lfm2", "dbrx", "modern-bert"}) {
        EXPECT_TRUE(PreTokenizer::create(name)) << name;
    }
}

TEST(PreTokenizer, SplitsByExpressionsFromAFileOneAfterTheOther) {
    const auto preTokenizer = PreTokenizer::createFrom({"[0-9]+", " +"});

    ASSERT_TRUE(preTokenizer) << preTokenizer.error().message;
    EXPECT_THAT(preTokenizer->split("ab 12  c3\xff"), ElementsAre("ab", " ", "12", "  ", "c", "3", "\xff"));
}

TEST(PreTokenizer, RefusesAnExpressionThatDoesNotCompile) {
    const auto open = PreTokenizer::createFrom({"(a"});
    const auto bytes = PreTokenizer::createFrom({"\\C"});
    const auto longest = PreTokenizer::createFrom({std::string(5000, 'a')});

    for (const auto* refused : {&open, &bytes, &longest}) {
        ASSERT_FALSE(*refused);
        EXPECT_EQ(refused->error().kind, ErrorKind::Unsupported);
    }
    EXPECT_THAT(open.error().message, testing::HasSubstr("'(a'"));
    EXPECT_THAT(longest.error().message, testing::HasSubstr("5000 bytes"));
}

// Backtracking in 2^40 ways would run into the time limit of the suite.
TEST(PreTokenizer, GivesUpAnExpressionThatRunsWild) {
    const auto wild = PreTokenizer::createFrom({"(a|aa)+$"});
    const std::string text = std::string(200, 'a') + "b";

    ASSERT_TRUE(wild) << wild.error().message;
    std::string joined;
    for (const std::string_view piece : wild->split(text)) {
        joined += piece;
    }
    EXPECT_EQ(joined, text);
}

TEST(PreTokenizer, NamesTheRulesItKnowsWhenAskedForAnother) {
    const auto unknown = PreTokenizer::create("gpt-9");

    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(unknown.error().message,
                testing::AllOf(testing::HasSubstr("'gpt-9'"), testing::HasSubstr("gpt-2"), testing::HasSubstr("qwen2"),
                               testing::HasSubstr("seed-coder"), testing::HasSubstr("tekken")));
}

}  // namespace
}  // namespace crystallite
