#include "engine/text/tokenizer.h"

#include "engine/text/byte_alphabet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace crystallite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr TokenId kMask = 0;
constexpr TokenId kUser = 1;
constexpr TokenId kUserLong = 2;
constexpr TokenId kTabs = 3;
constexpr TokenId kFirstByte = 4;
constexpr TokenId kFirstMerge = kFirstByte + 256;

/// Three control tokens, one user-defined, the bytes, and one token per merge.
TokenizerData vocabulary(const std::vector<std::string>& merges) {
    TokenizerData data{.model = "gpt2", .preTokenizer = "gpt-2"};
    data.tokens = {"<|mask|>", "<|user|>", "<|user|>!", "\t\t"};
    data.kinds = {TokenKind::Control, TokenKind::Control, TokenKind::Control, TokenKind::UserDefined};
    for (int byte = 0; byte < 256; ++byte) {
        data.tokens.push_back(writtenBytes(std::string(1, static_cast<char>(byte))));
    }
    for (const std::string& merge : merges) {
        const size_t gap = merge.find(' ');
        data.tokens.push_back(merge.substr(0, gap) + merge.substr(gap + 1));
    }
    data.kinds.resize(data.tokens.size(), TokenKind::Normal);
    data.merges = merges;
    return data;
}

std::shared_ptr<const Tokenizer> tokenizerOf(TokenizerData data) {
    auto tokenizer = Tokenizer::create(std::move(data));
    EXPECT_TRUE(tokenizer) << (tokenizer ? "" : tokenizer.error().message);
    return std::move(tokenizer).value();
}

TokenId byteId(char byte) {
    return kFirstByte + static_cast<uint8_t>(byte);
}

Error errorOf(TokenizerData data) {
    const auto tokenizer = Tokenizer::create(std::move(data));
    return tokenizer ? Error{ErrorKind::Cancelled, "was accepted"} : tokenizer.error();
}

TEST(Tokenizer, MergesTheLowestRankFirst) {
    // "abc" could become ab+c or a+bc: the rank decides, not the place.
    const auto left = tokenizerOf(vocabulary({"a b", "b c"}));
    const auto right = tokenizerOf(vocabulary({"b c", "a b"}));

    EXPECT_THAT(left->encode("abc"), ElementsAre(kFirstMerge, byteId('c')));
    EXPECT_THAT(right->encode("abc"), ElementsAre(byteId('a'), kFirstMerge));
}

TEST(Tokenizer, MergesEqualRanksFromTheLeft) {
    const auto tokenizer = tokenizerOf(vocabulary({"a a"}));

    EXPECT_THAT(tokenizer->encode("aaa"), ElementsAre(kFirstMerge, byteId('a')));
}

TEST(Tokenizer, BuildsOnMergesMadeBefore) {
    const auto tokenizer = tokenizerOf(vocabulary({"Ġ t", "h e", "Ġt he"}));

    EXPECT_THAT(tokenizer->encode(" the the"), ElementsAre(kFirstMerge + 2, kFirstMerge + 2));
    EXPECT_THAT(tokenizer->encode("the"), ElementsAre(byteId('t'), kFirstMerge + 1));
}

TEST(Tokenizer, DropsAProposalWhoseHalfWasMergedAway) {
    // In "abcab", "b c" makes the first "a b" impossible and leaves the second.
    const auto tokenizer = tokenizerOf(vocabulary({"b c", "a b"}));

    EXPECT_THAT(tokenizer->encode("abcab"), ElementsAre(byteId('a'), kFirstMerge, kFirstMerge + 1));
}

TEST(Tokenizer, TakesAWholeWordOnlyUnderTheRuleThatSaysSo) {
    TokenizerData data = vocabulary({"a b"});
    data.tokens.emplace_back("abc");
    data.kinds.push_back(TokenKind::Normal);
    TokenizerData wholeWords = data;
    wholeWords.preTokenizer = "llama-bpe";

    EXPECT_THAT(tokenizerOf(data)->encode("abc"), ElementsAre(kFirstMerge, byteId('c')));
    EXPECT_THAT(tokenizerOf(wholeWords)->encode("abc"), ElementsAre(kFirstMerge + 1));
}

TEST(Tokenizer, FindsWrittenOutTokensLongestFirst) {
    const auto tokenizer = tokenizerOf(vocabulary({}));

    EXPECT_THAT(tokenizer->encode("<|user|>a<|user|>!<|mask|>"), ElementsAre(kUser, byteId('a'), kUserLong, kMask));
    EXPECT_THAT(tokenizer->encode("\t\t\t"), ElementsAre(kTabs, byteId('\t')));
    EXPECT_THAT(tokenizer->encode("<|use"), ElementsAre(byteId('<'), byteId('|'), byteId('u'), byteId('s'), byteId('e')));
}

TEST(Tokenizer, GivesEveryTokenItsBytes) {
    TokenizerData data = vocabulary({"Ġ t"});
    data.tokens.emplace_back("日 本");
    data.kinds.push_back(TokenKind::Normal);
    const auto tokenizer = tokenizerOf(data);

    EXPECT_EQ(tokenizer->piece(kFirstMerge), " t");
    EXPECT_EQ(tokenizer->piece(byteId('\xff')), "\xff");
    EXPECT_EQ(tokenizer->piece(kMask), "<|mask|>");
    EXPECT_EQ(tokenizer->piece(kFirstMerge + 1), "日 本") << "not written in the byte alphabet: taken as it stands";
    EXPECT_TRUE(tokenizer->isControl(kMask));
    EXPECT_FALSE(tokenizer->isControl(kTabs));
    EXPECT_FALSE(tokenizer->isControl(kFirstMerge));
}

TEST(Tokenizer, PutsTheBosBeforeAPromptOnce) {
    TokenizerData data = vocabulary({});
    data.bos = kUser;
    EXPECT_THAT(tokenizerOf(data)->encodePrompt("a"), ElementsAre(byteId('a')));

    data.addBos = true;
    EXPECT_THAT(tokenizerOf(data)->encodePrompt("a"), ElementsAre(kUser, byteId('a')));
    EXPECT_THAT(tokenizerOf(data)->encodePrompt(""), ElementsAre(kUser));
    EXPECT_THAT(tokenizerOf(data)->encodePrompt("<|user|>a"), ElementsAre(kUser, byteId('a'))) << "the text begins with it";
    EXPECT_THAT(tokenizerOf(data)->encode("a"), ElementsAre(byteId('a')));
}

TEST(Tokenizer, SplitsByTheExpressionsOfAFile) {
    TokenizerData data = vocabulary({"a b"});
    data.preTokenizer = "";
    data.splitExpressions = {"a"};
    EXPECT_THAT(tokenizerOf(data)->encode("ab"), ElementsAre(byteId('a'), byteId('b')));

    data.splitExpressions = {"ab"};
    EXPECT_THAT(tokenizerOf(data)->encode("ab"), ElementsAre(kFirstMerge));
    data.splitExpressions = {"("};
    EXPECT_EQ(errorOf(data).kind, ErrorKind::Unsupported);
}

TEST(Tokenizer, KnowsNoBytesForIdsBeyondItsVocabulary) {
    const auto tokenizer = tokenizerOf(vocabulary({}));

    EXPECT_EQ(tokenizer->piece(tokenizer->size()), "");
    EXPECT_TRUE(tokenizer->isControl(tokenizer->size()));
}

TEST(Tokenizer, ReturnsEveryByteOfEveryText) {
    const auto tokenizer = tokenizerOf(vocabulary({"a a", "aa aa", "Ġ a", "Ã ©", "Ċ Ċ", "< |"}));
    // Bytes that often form merges, markers, characters and broken characters.
    const std::vector<std::string> parts = {"a",        "aa", " ", "\n",      "\xc3\xa9", "\xc3", "\xff", std::string(1, '\0'),
                                            "<|user|>", "<|", "1", "\xe2\x82"};
    std::mt19937 random(7);

    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (auto length = random() % 40; length > 0; --length) {
            text += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256)) : parts[random() % parts.size()];
        }
        ASSERT_EQ(tokenizer->decode(tokenizer->encode(text)), text) << "round " << round;
    }
}

// An encoder that is quadratic in the word would run into the time limit of the suite.
TEST(Tokenizer, EncodesAVeryLongWord) {
    const auto tokenizer = tokenizerOf(vocabulary({"a a", "aa aa", "aaaa aaaa"}));
    const std::string word(200'000, 'a');

    const std::vector<TokenId> ids = tokenizer->encode(word);

    EXPECT_EQ(ids, std::vector<TokenId>(word.size() / 8, kFirstMerge + 2));
}

TEST(Tokenizer, RefusesWhatItDoesNotKnow) {
    TokenizerData unigram = vocabulary({});
    unigram.model = "t5";
    TokenizerData rule = vocabulary({});
    rule.preTokenizer = "gpt-9";

    EXPECT_EQ(errorOf(unigram).kind, ErrorKind::Unsupported);
    EXPECT_THAT(errorOf(unigram).message, HasSubstr("'t5'"));
    EXPECT_EQ(errorOf(rule).kind, ErrorKind::Unsupported);
}

TEST(Tokenizer, RefusesAVocabularyThatContradictsItself) {
    TokenizerData missingByte = vocabulary({});
    missingByte.tokens[byteId('x')] = "twin";
    TokenizerData missingProduct = vocabulary({});
    missingProduct.merges = {"a b"};
    TokenizerData noGap = vocabulary({});
    noGap.merges = {"ab"};
    TokenizerData role = vocabulary({});
    role.eos = static_cast<TokenId>(role.tokens.size());
    TokenizerData kinds = vocabulary({});
    kinds.kinds.pop_back();

    EXPECT_THAT(errorOf(missingByte).message, HasSubstr("byte 120"));
    EXPECT_THAT(errorOf(missingProduct).message, HasSubstr("'a b'"));
    EXPECT_THAT(errorOf(noGap).message, HasSubstr("'ab'"));
    EXPECT_THAT(errorOf(role).message, HasSubstr("token 260"));
    EXPECT_THAT(errorOf(kinds).message, HasSubstr("260 tokens"));
    for (const TokenizerData& data : {missingByte, missingProduct, noGap, role, kinds}) {
        EXPECT_EQ(errorOf(data).kind, ErrorKind::Corrupt);
    }
}

}  // namespace
}  // namespace crystallite
