#include "app/go_to.h"

#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

class GoToTest : public ::testing::Test {
protected:
    [[nodiscard]] GoTo read(const char* typed) const { return readGoTo(QString::fromUtf8(typed), trace_, 0); }

    Trace trace_ = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
};

TEST_F(GoToTest, ReadsStepsAndPositions) {
    for (const char* typed : {"8", "s8", "S8", " s 8 ", "008"}) {
        EXPECT_EQ(read(typed).frame, 8U) << typed;
        EXPECT_TRUE(read(typed).problem.isEmpty()) << typed;
    }
    EXPECT_EQ(read("0").frame, 0U);
    EXPECT_EQ(read("p1").position, 0U) << "positions count from 1 on screen";
    EXPECT_EQ(read("P20").position, 19U);
    EXPECT_FALSE(read("p20").frame);
}

TEST_F(GoToTest, SaysWhatIsWrong) {
    const struct {
        const char* typed;
        const char* said;
    } cases[] = {{"", "Type a step"},
                 {"  ", "Type a step"},
                 {"here", "“here” is neither a step"},
                 {"-1", "“-1” is neither a step"},
                 {"1.5", "neither a step"},
                 {"s", "neither a step"},
                 {"9", "There is no step 9; this run has steps 0 to 8."},
                 {"99999999999999999999", "There is no step 99999999999999999999"},
                 {"p0", "There is no position 0"},
                 {"p4000", "the text has positions 1 to "}};
    for (const auto& [typed, said] : cases) {
        const GoTo target = read(typed);
        EXPECT_FALSE(target.frame || target.position) << typed;
        EXPECT_THAT(target.problem.toStdString(), HasSubstr(said)) << typed;
    }
}

}  // namespace
}  // namespace crystallite::testing
