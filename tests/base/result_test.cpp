#include "engine/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace crystallite {
namespace {

TEST(Result, HoldsAValueOrTheReasonWhyThereIsNone) {
    const Result<int> value = 7;
    const Result<int> failure = Error{ErrorKind::NotFound, "no such file"};

    ASSERT_TRUE(value);
    EXPECT_EQ(*value, 7);
    ASSERT_FALSE(failure);
    EXPECT_EQ(failure.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(failure.error().message, "no such file");
}

TEST(Result, MovesOutWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);

    const std::unique_ptr<int> taken = std::move(result).value();

    EXPECT_EQ(*taken, 3);
}

TEST(Result, OfNothingSucceedsByDefault) {
    const Result<void> fine;
    const Result<void> failure = Error{ErrorKind::Io, "disk full"};

    EXPECT_TRUE(fine);
    ASSERT_FALSE(failure);
    EXPECT_EQ(failure.error().message, "disk full");
}

TEST(ResultDeathTest, ReadingTheValueOfAFailureIsABug) {
    const Result<int> failure = Error{ErrorKind::Io, "disk full"};

    EXPECT_DEATH(static_cast<void>(*failure), "internal error");
}

}  // namespace
}  // namespace crystallite
