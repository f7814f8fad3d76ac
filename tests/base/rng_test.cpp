#include "engine/base/rng.h"

#include <gtest/gtest.h>

#include <cmath>

namespace crystallite {
namespace {

// Known answers of the authors' Random123 distribution, file kat_vectors, "philox4x32 10".
TEST(Philox, MatchesThePublishedVectors) {
    using Words = std::array<uint32_t, 4>;

    EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(ExponentialFrom, AgreesWithDoublePrecisionOverTheWholeRange) {
    for (uint64_t bits = 0; bits <= 0xffffffffU; bits = bits * 5 / 4 + 1) {
        const double expected = -std::log1p(-uniformFrom(static_cast<uint32_t>(bits)));
        // The argument and the result round once each, the logarithm has its own error of about one unit.
        const double tolerance = 4 * 0x1p-24;

        EXPECT_NEAR(exponentialFrom(static_cast<uint32_t>(bits)) / expected, 1.0, tolerance + 0x1p-24 / expected) << "bits " << bits;
    }
}

TEST(ExponentialFrom, ReachesBothTails) {
    EXPECT_NEAR(exponentialFrom(0), 0x1p-33, 0x1p-56);
    EXPECT_NEAR(exponentialFrom(0xffffffffU), 33 * std::log(2.0), 1e-5);
}

TEST(RandomWords, ChangeWithEveryCoordinate) {
    const auto reference = randomWords(1, 2, 3, DrawPurpose::Gumbel, 4);

    EXPECT_EQ(reference, randomWords(1, 2, 3, DrawPurpose::Gumbel, 4));
    EXPECT_NE(reference, randomWords(2, 2, 3, DrawPurpose::Gumbel, 4));
    EXPECT_NE(reference, randomWords(uint64_t{1} << 32 | 1, 2, 3, DrawPurpose::Gumbel, 4));
    EXPECT_NE(reference, randomWords(1, 3, 3, DrawPurpose::Gumbel, 4));
    EXPECT_NE(reference, randomWords(1, 2, 4, DrawPurpose::Gumbel, 4));
    EXPECT_NE(reference, randomWords(1, 2, 3, DrawPurpose::OrderScore, 4));
    EXPECT_NE(reference, randomWords(1, 2, 3, DrawPurpose::Gumbel, 5));
}

}  // namespace
}  // namespace crystallite
