#include "engine/base/in_quotes.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

TEST(InQuotes, LeavesPrintableTextAsItIs) {
    EXPECT_EQ(inQuotes("blk.0.attn_q.weight"), "'blk.0.attn_q.weight'");
}

TEST(InQuotes, WritesForeignBytesAsHexadecimal) {
    EXPECT_EQ(inQuotes("a\x1b[2J\n\xff"), "'a\\x1b[2J\\x0a\\xff'");
}

TEST(InQuotes, CutsALongText) {
    EXPECT_EQ(inQuotes(std::string(80, 'x')), "'" + std::string(80, 'x') + "'");
    EXPECT_EQ(inQuotes(std::string(81, 'x')), "'" + std::string(80, 'x') + "…'");
}

}  // namespace
}  // namespace crystallite
