#include "app/batch_dialog.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

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

    window_->actions().timeStep->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isEmpty() && !document().isLive(); }, kPatienceMs));

    EXPECT_EQ(document().trace().steps(), 2U);
    EXPECT_EQ(document().trace().status(), RunStatus::Stopped) << "it can be continued";
}

}  // namespace
}  // namespace crystallite::testing
