#include "app/measure_panel.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/measured_view.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include <numeric>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;
constexpr Qt::KeyboardModifiers kCtrlShift = Qt::ControlModifier | Qt::ShiftModifier;

class MeasureTest : public MainWindowTest {
protected:
    /// A finished run with the first slot behind the prompt selected at frame `frame`.
    void openWithRun(const FakeScript& script, uint32_t frame) {
        open(script);
        runToTheEnd(16, 8);
        window_->playback().seek(frame);
        document().selectSlot(document().trace().promptLength());
        window_->canvas().setFocus();
    }
    [[nodiscard]] MeasurePanel& panel() { return window_->measure(); }
    [[nodiscard]] const std::optional<ProbeResult>& result() { return panel().measured().result(); }
    bool waitForResult() {
        return QTest::qWaitFor([this] { return !panel().isMeasuring() && result().has_value(); }, kPatienceMs);
    }
    [[nodiscard]] std::string everyText() {
        std::string text;
        for (const QLabel* label : panel().findChildren<QLabel*>()) {
            text += label->isVisibleTo(&panel()) ? label->text().toStdString() + "\n" : "";
        }
        return text;
    }
    /// An open slot at this frame.
    void selectOpen(uint32_t frame) { document().selectSlot(document().trace().canvas(frame).maskedSlots().front()); }
    [[nodiscard]] const std::optional<SlotLight>& light() { return window_->canvas().view().light(); }
};

TEST_F(MeasureTest, KeysMeasureAttentionAndDrawItAsLight) {
    openWithRun({}, 3);
    const uint32_t slot = *document().selectedSlot();

    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(waitForResult());

    ASSERT_TRUE(light());
    EXPECT_EQ(light()->frame, 3U);
    EXPECT_EQ(light()->source, slot);
    EXPECT_EQ(light()->weights.size(), document().trace().slots());
    EXPECT_NEAR(std::accumulate(light()->weights.begin(), light()->weights.end(), 0.0), 1.0, 1e-4);
    EXPECT_THAT(light()->caption.toStdString(), HasSubstr("measured by an extra pass"));
    const auto* table = panel().findChild<QTableWidget*>();
    ASSERT_EQ(table->rowCount(), 13);  // twelve slots and what is left
    EXPECT_THAT(table->item(0, 0)->text().toStdString(), HasSubstr(std::to_string(slot + 1)));
    EXPECT_THAT(everyText(), HasSubstr("measured, extra pass"));
    EXPECT_THAT(everyText(), HasSubstr("canvas of step 3, 1 extra pass, 12.4 ms"));
}

TEST_F(MeasureTest, LayersAndHeadsAreChosenWithoutAnotherPass) {
    openWithRun({}, 3);
    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(waitForResult());
    const QList<QComboBox*> boxes = panel().findChildren<QComboBox*>();
    ASSERT_EQ(boxes.size(), 2);
    ASSERT_EQ(boxes[0]->count(), 4);  // the mean and three layers
    ASSERT_EQ(boxes[1]->count(), 3);

    boxes[0]->setFocus();
    QTest::keyClick(boxes[0], Qt::Key_Down);
    QTest::keyClick(boxes[0], Qt::Key_Down);

    EXPECT_FALSE(panel().isMeasuring());
    EXPECT_EQ(light()->weights, result()->attention->mean(1, {}));
    EXPECT_THAT(light()->caption.toStdString(), HasSubstr("layer 2, mean of 2 heads"));
}

TEST_F(MeasureTest, SaysTheCostBeforeAndKeepsAResultThatIsNoLongerOfWhatIsShown) {
    openWithRun({}, 8);
    EXPECT_THAT(everyText(), HasSubstr("1 extra pass, about "));

    press(Qt::Key_X, kCtrlShift);
    ASSERT_TRUE(waitForResult());
    ASSERT_TRUE(result()->leftOut);
    EXPECT_THAT(everyText(), HasSubstr("rank 2 of 64"));
    EXPECT_THAT(everyText(), HasSubstr("about 12 ms"));
    EXPECT_THAT(everyText(), ::testing::Not(HasSubstr("The window shows another slot or step now")));
    press(Qt::Key_Left);

    EXPECT_THAT(everyText(), HasSubstr("The window shows another slot or step now"));
    EXPECT_THAT(everyText(), HasSubstr("canvas of step 8, 1 extra pass"));
    press(Qt::Key_Right);
    EXPECT_THAT(everyText(), ::testing::Not(HasSubstr("The window shows another slot or step now")));
}

TEST_F(MeasureTest, ListsSixtyFourCandidatesOfAnOpenSlotAndCopiesThem) {
    openWithRun({}, 3);
    selectOpen(3);

    press(Qt::Key_K, kCtrlShift);
    ASSERT_TRUE(waitForResult());
    EXPECT_EQ(panel().findChild<QTableWidget*>()->rowCount(), 65);
    EXPECT_FALSE(light());
    window_->actions().copyMeasurement->trigger();

    const std::string copied = QApplication::clipboard()->text().toStdString();
    EXPECT_THAT(copied, HasSubstr("quantity\tvalue\ttag\n"));
    EXPECT_THAT(copied, HasSubstr("p(word900)\t0.5\tmeasured, extra pass\n"));
    EXPECT_EQ(std::count(copied.begin(), copied.end(), '\n'), 1 + 5 + 1 + 64);
}

TEST_F(MeasureTest, WhatCannotBeMeasuredIsDisabledWithAReason) {
    openWithRun({}, 3);
    selectOpen(3);
    EXPECT_FALSE(window_->actions().measureLeaveOneOut->isEnabled());
    EXPECT_THAT(everyText(), HasSubstr("The slot is masked; there is no token to leave out."));
    document().selectSlot(0);
    EXPECT_TRUE(window_->actions().measureLeaveOneOut->isEnabled());
    EXPECT_FALSE(window_->actions().measureCandidates->isEnabled());
    document().selectSlot(std::nullopt);
    EXPECT_FALSE(window_->actions().measureAttention->isEnabled());
    EXPECT_THAT(everyText(), HasSubstr("No slot is selected"));

    document().selectSlot(0);
    window_->loadModel({.model = "other"});
    EXPECT_FALSE(window_->actions().measureAttention->isEnabled());
    EXPECT_THAT(everyText(), HasSubstr("No model is loaded"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    EXPECT_FALSE(window_->actions().measureAttention->isEnabled());
    EXPECT_THAT(everyText(), HasSubstr("made by “fake”, but “other” is loaded"));
}

TEST_F(MeasureTest, EscapeStopsAMeasurementAndShiftEscapeTakesTheLightAway) {
    openWithRun({.probingWaits = true}, 3);
    document().selectSlot(0);
    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(panel().isMeasuring());
    EXPECT_TRUE(window_->actions().stop->isEnabled());

    press(Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel().isMeasuring(); }, kPatienceMs));
    EXPECT_THAT(everyText(), HasSubstr("The measurement was cancelled."));
    EXPECT_FALSE(result());
    EXPECT_FALSE(window_->actions().stop->isEnabled());

    document().selectSlot(5);
    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(waitForResult());
    ASSERT_TRUE(light());
    press(Qt::Key_Escape, Qt::ShiftModifier);
    EXPECT_FALSE(light());
    EXPECT_FALSE(result());
}

TEST_F(MeasureTest, AnotherRunTakesTheMeasurementAway) {
    openWithRun({}, 3);
    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(waitForResult());

    runToTheEnd(16, 4);

    EXPECT_FALSE(light());
    EXPECT_FALSE(result());
}

TEST_F(MeasureTest, TheEnginesRefusalIsShown) {
    openWithRun({.probeError = "The trace was made with other weights."}, 3);

    press(Qt::Key_A, kCtrlShift);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel().isMeasuring(); }, kPatienceMs));

    EXPECT_THAT(everyText(), HasSubstr("The trace was made with other weights."));
}

TEST_F(MeasureTest, MeasuringLeavesTheTraceAsItIs) {
    openWithRun({}, 3);
    const StepRecord before = document().trace().record(3);
    const uint32_t steps = document().trace().steps();

    for (const Qt::Key key : {Qt::Key_A, Qt::Key_X}) {
        press(key, kCtrlShift);
        ASSERT_TRUE(QTest::qWaitFor([this] { return !panel().isMeasuring(); }, kPatienceMs));
    }

    EXPECT_EQ(document().trace().steps(), steps);
    EXPECT_TRUE(sameDecision(document().trace().record(3), before));
}

}  // namespace
}  // namespace crystallite::testing
