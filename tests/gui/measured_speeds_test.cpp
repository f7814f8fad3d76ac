#include "app/measured_speeds.h"

#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

class MeasuredSpeedsTest : public ::testing::Test {
protected:
    [[nodiscard]] QString path() const { return folder_.filePath(QStringLiteral("deep/speeds.json")); }

    static MeasuredSpeed speed(uint32_t slotCount, double milliseconds, const char* device = "Card") {
        return {.key = {.model = QStringLiteral("m"), .format = QStringLiteral("F16"), .device = QLatin1String(device)},
                .slots = slotCount,
                .steps = 8,
                .milliseconds = milliseconds,
                .when = QDateTime::currentDateTimeUtc()};
    }

    QTemporaryDir folder_;
};

TEST_F(MeasuredSpeedsTest, AreThereInTheNextSession) {
    ASSERT_TRUE(MeasuredSpeeds(path()).remember(speed(64, 12.5)));
    const auto found = MeasuredSpeeds(path()).find(speed(64, 0).key, 64);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->milliseconds, 12.5);
    EXPECT_EQ(found->slots, 64U);
    EXPECT_EQ(found->steps, 8U);
    EXPECT_LT(found->when.secsTo(QDateTime::currentDateTimeUtc()), 60);
}

TEST_F(MeasuredSpeedsTest, TheNearestCanvasAnswersAndTheDeviceMustBeTheSame) {
    MeasuredSpeeds speeds(path());
    speeds.remember(speed(64, 10.0));
    speeds.remember(speed(256, 40.0));
    EXPECT_EQ(speeds.find(speed(0, 0).key, 70)->milliseconds, 10.0);
    EXPECT_EQ(speeds.find(speed(0, 0).key, 300)->milliseconds, 40.0);
    EXPECT_FALSE(speeds.find(speed(0, 0, "Another").key, 64));
    EXPECT_EQ(speeds.newest(QStringLiteral("m"), QStringLiteral("F16"), QStringLiteral("Card"))->milliseconds, 40.0);
}

TEST_F(MeasuredSpeedsTest, OfAnotherModelWithTheSameNameAreOthers) {
    MeasuredSpeed ours = speed(64, 10.0);
    ours.key.fingerprint = QStringLiteral("a");
    ASSERT_TRUE(MeasuredSpeeds(path()).remember(ours));
    SpeedKey other = ours.key;
    other.fingerprint = QStringLiteral("b");

    EXPECT_TRUE(MeasuredSpeeds(path()).find(ours.key, 64));
    EXPECT_FALSE(MeasuredSpeeds(path()).find(other, 64));
}

TEST_F(MeasuredSpeedsTest, ANewerRunTakesThePlaceOfAnOlderOne) {
    MeasuredSpeeds speeds(path());
    speeds.remember(speed(64, 10.0));
    speeds.remember(speed(64, 7.0));
    EXPECT_EQ(MeasuredSpeeds(path()).find(speed(0, 0).key, 64)->milliseconds, 7.0);
}

TEST_F(MeasuredSpeedsTest, WhatCannotBeUnderstoodCountsAsNone) {
    const QString file = folder_.filePath(QStringLiteral("speeds.json"));
    for (
        const char* content :
        {"", "not json", "[]", R"({"version":9,"speeds":[]})", R"({"version":1,"speeds":7})",
         R"({"version":1,"speeds":[{"model":"m","device":"Card","format":"F16","slots":-4,"steps":1,"milliseconds":3,"when":"2026-01-01T00:00:00Z"},
              {"model":"m","device":"Card","format":"F16","slots":64,"steps":1,"milliseconds":-1,"when":"2026-01-01T00:00:00Z"}, 3, null]})"}) {
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(content);
        out.close();
        EXPECT_FALSE(MeasuredSpeeds(file).find(speed(0, 0).key, 64)) << content;
    }
}

TEST_F(MeasuredSpeedsTest, AreTheMeanOfTheStepsAfterTheFirst) {
    const Trace trace = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 5});
    double sum = 0.0;
    for (uint32_t step = 2; step <= 5; ++step) {
        sum += trace.record(step).milliseconds;
    }
    const auto measured = speedOf(trace);
    ASSERT_TRUE(measured);
    EXPECT_DOUBLE_EQ(measured->milliseconds, sum / 4.0);
    EXPECT_EQ(measured->steps, 4U);
    EXPECT_EQ(measured->slots, trace.slots());
    EXPECT_FALSE(speedOf(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 1})));
}

}  // namespace
}  // namespace crystallite::testing
