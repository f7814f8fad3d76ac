#include "app/batch_dialog.h"
#include "app/prompt_panel.h"
#include "app/run_verdict.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

class BatchWindowTest : public MainWindowTest {
protected:
    void openBatch(const FakeScript& script, int runs) {
        MainWindowTest::open(script);
        prepareRun(16, 8);
        press(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        ASSERT_TRUE(dialog().isVisible());
        dialog().findChild<QLineEdit*>()->setText(QStringLiteral("5"));
        dialog().findChild<QSpinBox*>()->setValue(runs);
    }
    [[nodiscard]] BatchDialog& dialog() { return *window_->findChild<BatchDialog*>(); }
    [[nodiscard]] RunVerdict& verdict() { return *window_->promptPanel().verdict(); }
    [[nodiscard]] QPushButton& start() { return *dialog().findChild<QPushButton*>(QStringLiteral("startBatch")); }
    [[nodiscard]] QTableWidget& table() { return *dialog().findChild<QTableWidget*>(); }
};

TEST_F(BatchWindowTest, EveryRunIsInTheTableAndInTheHistory) {
    openBatch(FakeScript{}, 3);

    start().click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !dialog().isRunning(); }, kPatienceMs));

    ASSERT_EQ(table().rowCount(), 3);
    EXPECT_EQ(table().item(0, 0)->text(), QStringLiteral("5"));
    EXPECT_EQ(table().item(2, 0)->text(), QStringLiteral("7"));
    EXPECT_EQ(table().item(0, 2)->text(), QStringLiteral("8")) << "as many passes as steps";
    EXPECT_EQ(dialog().batch()->statistics().runs, 3U);
    EXPECT_THAT(dialog().findChild<QLabel*>(QStringLiteral("batchStatistics"))->text().toStdString(), HasSubstr("NFE 8.0 ± 0.0"));
    const std::vector<RunEntry> kept = historyOf(3);
    EXPECT_EQ(kept[0].seed + kept[1].seed + kept[2].seed, 5U + 6U + 7U);
}

TEST_F(BatchWindowTest, CancellingKeepsWhatIsFinished) {
    openBatch(FakeScript{}, 50);

    start().click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return table().rowCount() >= 2; }, kPatienceMs));
    start().click();

    EXPECT_FALSE(dialog().isRunning()) << "at once";
    const int finished = table().rowCount();
    ASSERT_LT(finished, 50);
    EXPECT_EQ(dialog().batch()->statistics().runs, static_cast<uint32_t>(finished));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isLive(); }, kPatienceMs));
    const std::vector<RunEntry> kept = historyOf(static_cast<size_t>(finished));
    EXPECT_GE(std::ranges::count(kept, RunStatus::Complete, &RunEntry::status), finished);
    QTest::qWait(50);
    EXPECT_EQ(table().rowCount(), finished) << "and nothing comes after it";
}

TEST_F(BatchWindowTest, ARunThatIsCancelledIsNoResult) {
    FakeScript script;
    script.waitingStep = 4;
    openBatch(script, 3);

    start().click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return document().isLive() && document().trace().steps() == 3; }, kPatienceMs));
    start().click();

    EXPECT_FALSE(dialog().isRunning()) << "at once";
    EXPECT_EQ(table().rowCount(), 0) << "a run that was stopped is no result";
    EXPECT_THAT(dialog().sentence().toStdString(), HasSubstr("Cancelled"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isLive(); }, kPatienceMs));
    EXPECT_EQ(historyOf(1).front().status, RunStatus::Stopped);
}

TEST_F(BatchWindowTest, WrongSeedsAreSaidAndNothingStarts) {
    openBatch(FakeScript{}, 2);

    dialog().findChild<QLineEdit*>()->setText(QStringLiteral("18446744073709551615"));
    start().click();
    EXPECT_THAT(dialog().sentence().toStdString(), HasSubstr("beyond the largest"));
    dialog().findChild<QLineEdit*>()->clear();
    start().click();
    EXPECT_THAT(dialog().sentence().toStdString(), HasSubstr("whole number"));
    EXPECT_FALSE(dialog().isRunning());
}

TEST_F(BatchWindowTest, TimingComputesTwoStepsAndGivesAnEstimate) {
    MainWindowTest::open(FakeScript{});
    prepareRun(16, 8);
    ASSERT_TRUE(verdict().estimate().contains(QStringLiteral("not measured yet"))) << verdict().estimate().toStdString();
    ASSERT_TRUE(verdict().findChild<QPushButton*>()->isVisible());

    window_->actions().timeStep->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isEmpty() && !document().isLive(); }, kPatienceMs));

    EXPECT_EQ(document().trace().steps(), 2U);
    EXPECT_EQ(document().trace().status(), RunStatus::Stopped) << "it can be continued";
    ASSERT_TRUE(QTest::qWaitFor([&] { return verdict().estimate().contains(QStringLiteral("ms per step, measured")); }, kPatienceMs))
        << verdict().estimate().toStdString();
    EXPECT_FALSE(verdict().findChild<QPushButton*>()->isVisible()) << "there is nothing to measure any more";
}

}  // namespace
}  // namespace crystallite::testing
