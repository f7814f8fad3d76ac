#include "engine/text/written_tokens.h"

#include "engine/text/unicode_class.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::ElementsAre;

/// Plain text as it is, a token as [id:text].
std::vector<std::string> split(const TokenizerData& data, std::string_view text) {
    std::vector<std::string> segments;
    for (const WrittenTokens::Segment& segment : WrittenTokens(data).split(text)) {
        const std::string taken(segment.text);
        segments.push_back(segment.token ? "[" + std::to_string(*segment.token) + ":" + taken + "]" : taken);
    }
    return segments;
}

TokenizerData tokens(std::vector<std::string> written, std::vector<AddedTokenRule> rules = {}) {
    TokenizerData data{.tokens = std::move(written)};
    data.kinds.assign(data.tokens.size(), TokenKind::Control);
    data.addedRules = std::move(rules);
    return data;
}

TEST(WrittenTokens, TakesTheFirstAndOfThoseTheLongest) {
    const TokenizerData data = tokens({"<a>", "<a>b", "a>b<", "x"});

    EXPECT_THAT(split(data, "1<a>b<2"), ElementsAre("1", "[1:<a>b]", "<2"));
    EXPECT_THAT(split(data, "<a><a>"), ElementsAre("[0:<a>]", "[0:<a>]"));
    EXPECT_THAT(split(data, "<<a"), ElementsAre("<<a"));
    EXPECT_TRUE(split(data, "").empty());
}

TEST(WrittenTokens, AreOfKindControlOrUserDefined) {
    TokenizerData data = tokens({"<c>", "<u>", "<n>", "<?>", ""});
    data.kinds = {TokenKind::Control, TokenKind::UserDefined, TokenKind::Normal, TokenKind::Unused, TokenKind::Control};

    EXPECT_THAT(split(data, "<c><u><n><?>"), ElementsAre("[0:<c>]", "[1:<u>]", "<n><?>"));
}

TEST(WrittenTokens, StripWhiteSpaceOnTheSideThatTheirRuleNames) {
    const TokenizerData data = tokens({"<l>", "<r>", "<n>"}, {{.id = 0, .leftStrip = true}, {.id = 1, .rightStrip = true}});

    EXPECT_THAT(split(data, "a \n<l> b"), ElementsAre("a", "[0: \n<l>]", " b"));
    EXPECT_THAT(split(data, "a <r>\xe3\x80\x80 b"), ElementsAre("a ", "[1:<r>\xe3\x80\x80 ]", "b"));
    EXPECT_THAT(split(data, " <n> "), ElementsAre(" ", "[2:<n>]", " "));
    // What the first has taken the second cannot take as well.
    EXPECT_THAT(split(data, "<r>  <l>"), ElementsAre("[1:<r>  ]", "[0:<l>]"));
}

TEST(WrittenTokens, MayAskForWordBorders) {
    const TokenizerData data = tokens({"cat"}, {{.id = 0, .singleWord = true}});

    EXPECT_THAT(split(data, "cat"), ElementsAre("[0:cat]"));
    EXPECT_THAT(split(data, "a cat."), ElementsAre("a ", "[0:cat]", "."));
    EXPECT_THAT(split(data, "concat cats _cat cat1 éCcat"), ElementsAre("concat cats _cat cat1 éCcat"));
    EXPECT_THAT(split(data,
                      "日cat\xff"
                      "cat"),
                ElementsAre("日cat\xff", "[0:cat]"));
}

TEST(WrittenTokens, AreSoughtBetweenTheOthersWhenNormalized) {
    const TokenizerData data = tokens({"ab", "bc"}, {{.id = 0, .normalized = true}});

    // "ab" begins first, but "bc" is looked for before it.
    EXPECT_THAT(split(data, "abc ab"), ElementsAre("a", "[1:bc]", " ", "[0:ab]"));
}

TEST(UnicodeClass, MeasuresWhiteSpace) {
    EXPECT_EQ(leadingWhiteSpace(" \t\xc2\x85\xe2\x80\x83x "), 7U);
    EXPECT_EQ(trailingWhiteSpace(" x\xe2\x80\xa8 "), 4U);
    EXPECT_EQ(leadingWhiteSpace("\xe2\x80"), 0U);
    EXPECT_EQ(trailingWhiteSpace("\xe1\xa0\x8e"), 0U) << "U+180E is none";
    EXPECT_EQ(trailingWhiteSpace(""), 0U);
}

TEST(UnicodeClass, KnowsWordCharacters) {
    for (const char* word : {"a", "é", "日", "_", "7", "\xcc\x81"}) {
        EXPECT_TRUE(beginsWithWordCharacter(word)) << word;
        EXPECT_TRUE(endsInWordCharacter(word)) << word;
    }
    for (const char* other : {"", " ", "-", "\xff", "\xe6\x97", "🦙"}) {
        EXPECT_FALSE(beginsWithWordCharacter(other)) << other;
        EXPECT_FALSE(endsInWordCharacter(other)) << other;
    }
}

}  // namespace
}  // namespace crystallite
