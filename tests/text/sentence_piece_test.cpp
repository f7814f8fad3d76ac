#include "engine/text/sentence_piece_encoder.h"
#include "engine/text/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <limits>
#include <random>

namespace crystallite {
namespace {

using testing::HasSubstr;

constexpr TokenId kEnd = 0;
constexpr TokenId kFirstByte = 1;
constexpr TokenId kFirstPiece = kFirstByte + 256;

struct Piece {
    std::string text;
    float score = 0.0F;
};

/// One control token, the bytes and `pieces`; a space before each text.
TokenizerData vocabulary(const std::vector<Piece>& pieces) {
    TokenizerData data{.model = "llama", .tokens = {"</s>"}, .kinds = {TokenKind::Control}, .scores = {0.0F}};
    data.spacePrefix = SpacePrefix::Each;
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::array<char, 8> name{};
        std::snprintf(name.data(), name.size(), "<0x%02X>", byte);
        data.tokens.emplace_back(name.data());
        data.kinds.push_back(TokenKind::Byte);
        data.scores.push_back(0.0F);
    }
    for (const Piece& piece : pieces) {
        data.tokens.push_back(piece.text);
        data.kinds.push_back(TokenKind::Normal);
        data.scores.push_back(piece.score);
    }
    return data;
}

std::shared_ptr<const Tokenizer> tokenizerOf(TokenizerData data) {
    auto tokenizer = Tokenizer::create(std::move(data));
    EXPECT_TRUE(tokenizer) << (tokenizer ? "" : tokenizer.error().message);
    return std::move(tokenizer).value();
}

std::string written(std::string_view text, TokenizerData data) {
    const auto tokenizer = tokenizerOf(std::move(data));
    std::string joined;
    for (const TokenId id : tokenizer->encode(text)) {
        joined.append(joined.empty() ? "" : " ").append(tokenizer->data().tokens[id]);
    }
    return joined;
}

const std::vector<Piece> kLetters = {{"▁", -9}, {"a", -9}, {"b", -9}, {"c", -9}};

std::vector<Piece> withLetters(std::vector<Piece> more) {
    more.insert(more.begin(), kLetters.begin(), kLetters.end());
    return more;
}

TEST(SentencePiece, MergesTheHighestScoreFirst) {
    EXPECT_EQ(written("abc", vocabulary(withLetters({{"ab", -2}, {"bc", -1}}))), "▁ a bc");
    EXPECT_EQ(written("abc", vocabulary(withLetters({{"ab", -1}, {"bc", -2}}))), "▁ ab c");
    EXPECT_EQ(written("abc", vocabulary(withLetters({{"ab", -1}, {"bc", -1}}))), "▁ ab c") << "the leftmost of equals";
    EXPECT_EQ(written("abc ab", vocabulary(withLetters({{"ab", -1}, {"▁ab", -2}, {"▁abc", -3}}))), "▁abc ▁ab");
}

TEST(SentencePiece, MergesByRankWhereTheFileHasMerges) {
    TokenizerData data = vocabulary(withLetters({{"ab", -1}, {"bc", -2}}));
    data.scores.clear();
    data.merges = {"b c", "a b"};

    EXPECT_EQ(written("abc", data), "▁ a bc");
}

TEST(SentencePiece, SpellsWhatItLacksInBytes) {
    EXPECT_EQ(written("aé", vocabulary(kLetters)), "▁ a <0xC3> <0xA9>");
    EXPECT_EQ(written("\xff"
                      "a\n",
                      vocabulary(kLetters)),
              "▁ <0xFF> a <0x0A>");
    EXPECT_EQ(written("a b", vocabulary({{"a", -1}, {"b", -1}})), "<0x20> a <0x20> b") << "even a space";
    // The mark of a space that is itself in the text must not come back as a space.
    EXPECT_EQ(written("a▁b", vocabulary(withLetters({{"▁b", -1}}))), "▁ a <0xE2> <0x96> <0x81> b");
}

TEST(SentencePiece, PutsASpaceWhereTheVocabularyWantsOne) {
    TokenizerData each = vocabulary(withLetters({{"▁a", -1}}));
    TokenizerData first = each;
    first.spacePrefix = SpacePrefix::First;
    TokenizerData none = each;
    none.spacePrefix = SpacePrefix::None;

    EXPECT_EQ(written("a</s>a</s> a", each), "▁a </s> ▁a </s> ▁ ▁a");
    EXPECT_EQ(written("a</s>a</s> a", first), "▁a </s> a </s> ▁a");
    EXPECT_EQ(written("</s>a", first), "</s> a");
    EXPECT_EQ(written("a a", none), "a ▁a");
    for (const TokenizerData& data : {each, first, none}) {
        const auto tokenizer = tokenizerOf(data);
        for (const char* text : {"a", " a", "a</s>a", " </s> a", "</s>", "</s></s>  a", ""}) {
            EXPECT_EQ(tokenizer->decode(tokenizer->encode(text)), text);
        }
    }
}

TEST(SentencePiece, MergesNothingAcrossLineBreaksInGemma4) {
    TokenizerData data = vocabulary(withLetters({{"\n", -9}, {"a\n", -1}, {"\n\n", -2}, {"▁b", -3}}));
    data.spacePrefix = SpacePrefix::None;
    EXPECT_EQ(written("a\n\n b", data), "a\n \n ▁b");

    data.model = "gemma4";
    EXPECT_EQ(written("a\n\n b", data), "a \n\n ▁b");
    EXPECT_EQ(written("\n\n\n", data), "\n\n \n");
}

TEST(SentencePiece, GivesPiecesAsText) {
    const auto tokenizer = tokenizerOf(vocabulary(withLetters({{"▁a▁b", -1}})));

    EXPECT_EQ(tokenizer->piece(kFirstPiece + 4), " a b");
    EXPECT_EQ(tokenizer->piece(kFirstByte + 0xe2), "\xe2");
    EXPECT_EQ(tokenizer->piece(kEnd), "</s>");
    EXPECT_TRUE(tokenizer->isControl(kEnd));
}

TEST(SentencePiece, ReadsBytesAsTheyAreWritten) {
    EXPECT_EQ(byteFromWritten("<0x0A>"), 10);
    EXPECT_EQ(byteFromWritten("<0xFF>"), 255);
    for (const char* other : {"<0x0a>", "<0xA>", "<0x0A", "0x0A", "<0x0A>>", ""}) {
        EXPECT_EQ(byteFromWritten(other), std::nullopt) << other;
    }
}

TEST(SentencePiece, ReturnsEveryByteOfEveryText) {
    const auto tokenizer = tokenizerOf(vocabulary(withLetters({{"▁▁", -1}, {"▁a", -2}, {"ab", -3}, {"é", -4}, {"<", -5}, {"s>", -6}})));
    const std::vector<std::string> parts = {"a",    "ab",  " ", "  ",      "\n", "é", "\xc3", "\xff", std::string(1, '\0'),
                                            "</s>", "</s", "▁", "\xe2\x96"};
    std::mt19937 random(11);

    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (auto length = random() % 40; length > 0; --length) {
            text += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256)) : parts[random() % parts.size()];
        }
        ASSERT_EQ(tokenizer->decode(tokenizer->encode(text)), text) << "round " << round;
    }
}

// An encoder that is quadratic in the text, its odd bytes or its marks would run into the time limit of the suite.
TEST(SentencePiece, EncodesAVeryLongText) {
    const auto tokenizer = tokenizerOf(vocabulary(withLetters({{"aa", -1}, {"aaaa", -2}})));
    std::string marks;
    for (int i = 0; i < 100'000; ++i) {
        marks += "▁";
    }

    EXPECT_EQ(tokenizer->encode(std::string(400'000, 'a')).size(), 100'001U);
    EXPECT_EQ(tokenizer->encode(std::string(300'000, '\xff')).size(), 300'001U);
    EXPECT_EQ(tokenizer->encode(marks).size(), 300'001U);
}

TEST(SentencePiece, RefusesAVocabularyThatContradictsItself) {
    TokenizerData missingByte = vocabulary(kLetters);
    missingByte.tokens[kFirstByte + 7] = "<0x08>";
    TokenizerData noScores = vocabulary(kLetters);
    noScores.scores.pop_back();
    TokenizerData notANumber = vocabulary(kLetters);
    notANumber.scores.back() = std::numeric_limits<float>::quiet_NaN();
    TokenizerData merge = vocabulary(kLetters);
    merge.merges = {"a b"};
    const auto errorOf = [](const TokenizerData& data) {
        const auto tokenizer = Tokenizer::create(data);
        return tokenizer ? Error{ErrorKind::Cancelled, "was accepted"} : tokenizer.error();
    };

    EXPECT_THAT(errorOf(missingByte).message, HasSubstr("byte 7"));
    EXPECT_THAT(errorOf(noScores).message, HasSubstr("260 scores for 261 tokens"));
    EXPECT_THAT(errorOf(notANumber).message, HasSubstr("token 260"));
    EXPECT_THAT(errorOf(merge).message, HasSubstr("'a b'"));
    for (const TokenizerData& data : {missingByte, noScores, notANumber, merge}) {
        EXPECT_EQ(errorOf(data).kind, ErrorKind::Corrupt);
    }
}

}  // namespace
}  // namespace crystallite
