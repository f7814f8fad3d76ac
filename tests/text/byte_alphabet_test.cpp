#include "engine/text/byte_alphabet.h"

#include <gtest/gtest.h>

#include <set>

namespace crystallite {
namespace {

TEST(ByteAlphabet, WritesBytesLikeGpt2) {
    EXPECT_EQ(writtenBytes(" the\n"), "ĠtheĊ");
    EXPECT_EQ(writtenBytes(std::string_view("\0\x7f\xa0\xad", 4)), "ĀġłŃ");
    EXPECT_EQ(writtenBytes("é"), "Ã©");
}

TEST(ByteAlphabet, GivesEachByteACharacterOfItsOwnAndReadsItBack) {
    std::set<std::string> characters;

    for (int byte = 0; byte < 256; ++byte) {
        const std::string bytes(1, static_cast<char>(byte));
        characters.insert(writtenBytes(bytes));
        EXPECT_EQ(bytesFromWritten(writtenBytes(bytes)), bytes) << byte;
    }

    EXPECT_EQ(characters.size(), 256U);
}

TEST(ByteAlphabet, ReadsNothingFromCharactersOutsideIt) {
    EXPECT_EQ(bytesFromWritten("a b"), std::nullopt) << "the space is written Ġ";
    EXPECT_EQ(bytesFromWritten("日"), std::nullopt);
    EXPECT_EQ(bytesFromWritten("\xff"), std::nullopt);
    EXPECT_EQ(bytesFromWritten("\xc5\x84"), std::nullopt) << "U+0144, one beyond the last character";
}

}  // namespace
}  // namespace crystallite
