#include "engine/exchange/token_text.h"
#include "engine/exchange/base64.h"
#include "engine/exchange/number_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <limits>

namespace crystallite {
namespace {

TEST(TokenText, EscapesWhatIsNoPlainText) {
    EXPECT_EQ(escapedToken(" cat"), " cat");
    EXPECT_EQ(escapedToken("a\n\t\\b"), "a\\n\\t\\\\b");
    EXPECT_EQ(escapedToken("=1+1"), "\\x3d1+1") << "a spreadsheet would compute it";
    EXPECT_EQ(escapedToken("@x"), "\\x40x");
    EXPECT_EQ(escapedToken("\xE2\x82"), "\\xe2\\x82");
    EXPECT_EQ(escapedToken("\xE2\x98\x83"), "\xE2\x98\x83");
    EXPECT_EQ(escapedToken(std::string("\0\x7F", 2)), "\\x00\\x7f");
}

TEST(TokenText, QuotesCellsAsRfc4180Does) {
    EXPECT_EQ(csvCell("plain"), "plain");
    EXPECT_EQ(csvCell("a,b"), "\"a,b\"");
    EXPECT_EQ(csvCell("say \"x\""), "\"say \"\"x\"\"\"");
}

TEST(NumberText, ReadsBackToItsBits) {
    for (const float value : {1.0F / 3.0F, 0.1F, 1e-38F, std::numeric_limits<float>::denorm_min(), 16777216.0F, -0.0F, 3.4e38F}) {
        EXPECT_EQ(std::bit_cast<uint32_t>(std::strtof(numberText(value).c_str(), nullptr)), std::bit_cast<uint32_t>(value)) << value;
    }
    EXPECT_EQ(numberText(std::numeric_limits<float>::quiet_NaN()), "");
    EXPECT_EQ(numberText(std::numeric_limits<double>::infinity()), "");
}

/// RFC 4648, section 10.
TEST(Base64, MatchesTheVectorsOfTheStandard) {
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64Of(std::as_bytes(std::span(plain))), encoded);
    }
}

}  // namespace
}  // namespace crystallite
