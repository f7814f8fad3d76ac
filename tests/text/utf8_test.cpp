#include "engine/text/utf8.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

TEST(Utf8, EveryCodePointSurvivesTheWayThereAndBack) {
    for (char32_t codePoint = 0; codePoint <= 0x10ffff; ++codePoint) {
        const bool surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
        std::string text;
        appendUtf8(text, codePoint);

        ASSERT_EQ(wellFormedUtf8Prefix(text), surrogate ? 0 : text.size()) << "code point " << uint32_t{codePoint};
        if (!surrogate) {
            std::string_view rest = text;
            ASSERT_EQ(takeCodePoint(rest), codePoint);
            ASSERT_TRUE(rest.empty());
        }
    }
}

TEST(Utf8, StopsAtTheFirstIllFormedByte) {
    EXPECT_EQ(wellFormedUtf8Prefix("ab\xff"
                                   "c"),
              2U);
    EXPECT_EQ(wellFormedUtf8Prefix("\x80"), 0U) << "a continuation byte alone";
    EXPECT_EQ(wellFormedUtf8Prefix("\xc0\x80"), 0U) << "an overlong zero";
    EXPECT_EQ(wellFormedUtf8Prefix("\xe0\x9f\xbf"), 0U) << "overlong in three bytes";
    EXPECT_EQ(wellFormedUtf8Prefix("\xf0\x8f\xbf\xbf"), 0U) << "overlong in four bytes";
    EXPECT_EQ(wellFormedUtf8Prefix("\xf4\x90\x80\x80"), 0U) << "beyond U+10FFFF";
    EXPECT_EQ(wellFormedUtf8Prefix("a\xe2\x82"), 1U) << "cut in a character";
    EXPECT_EQ(wellFormedUtf8Prefix("\xe2\x82z"), 0U) << "a character that another one interrupts";
}

}  // namespace
}  // namespace crystallite
