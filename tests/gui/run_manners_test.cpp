#include "app/run_manners.h"

#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A desktop that writes down what is asked of it.
class FakeDesktop final : public DesktopServices {
public:
    void keepAwake(const QString&) override { ++awake; }
    void letSleep() override { --awake; }
    void notify(const QString&, const QString& text) override { told.push_back(text.toStdString()); }

    int awake = 0;
    std::vector<std::string> told;
};

class RunMannersTest : public ::testing::Test {
protected:
    RunMannersTest() {
        QCoreApplication::setOrganizationName(QStringLiteral("crystallite-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    }
    void run(RunStatus status) {
        document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 3}), true);
        EXPECT_EQ(desktop_.awake, 1);
        document_.finish(status);
    }

    QTemporaryDir folder_;
    RunDocument document_;
    FakeDesktop desktop_;
    bool lookedAt_ = false;
};

TEST_F(RunMannersTest, TheMachineStaysAwakeOnlyWhileARunLasts) {
    RunManners manners(document_, desktop_, [this] { return lookedAt_; });
    EXPECT_EQ(desktop_.awake, 0);
    run(RunStatus::Complete);
    EXPECT_EQ(desktop_.awake, 0);
    document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 1}), true);
    document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 2}), true);
    EXPECT_EQ(desktop_.awake, 1) << "once, although another run took its place";
    document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8}), false);
    EXPECT_EQ(desktop_.awake, 0) << "a trace was opened over it";
    EXPECT_EQ(desktop_.told.size(), 1U) << "which is no end of a run";
}

TEST_F(RunMannersTest, LettingGoOfTheWindowLetsTheMachineSleep) {
    {
        RunManners manners(document_, desktop_, [] { return true; });
        document_.reset(syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 1}), true);
        EXPECT_EQ(desktop_.awake, 1);
    }
    EXPECT_EQ(desktop_.awake, 0);
}

TEST_F(RunMannersTest, AnEndThatNobodySeesIsTold) {
    RunManners manners(document_, desktop_, [this] { return lookedAt_; });
    run(RunStatus::Complete);
    ASSERT_EQ(desktop_.told.size(), 1U);
    EXPECT_THAT(desktop_.told[0], HasSubstr("complete after 3"));
    run(RunStatus::Failed);
    EXPECT_THAT(desktop_.told.back(), HasSubstr("failed"));
    lookedAt_ = true;
    run(RunStatus::Complete);
    EXPECT_EQ(desktop_.told.size(), 2U) << "somebody looks";
}

TEST_F(RunMannersTest, NothingIsToldToWhoeverTurnedItOff) {
    RunManners manners(document_, desktop_, [this] { return lookedAt_; });
    RunManners::setTellsEnds(false);
    run(RunStatus::Complete);
    EXPECT_THAT(desktop_.told, IsEmpty());
    RunManners::setTellsEnds(true);
    run(RunStatus::Complete);
    EXPECT_EQ(desktop_.told.size(), 1U);
}

}  // namespace
}  // namespace crystallite::testing
