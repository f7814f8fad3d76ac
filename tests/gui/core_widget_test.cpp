// The core sample under mouse and keys, and as a screen reader meets it.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace crystallite {
namespace {

class CoreWidgetTest : public ::testing::Test {
protected:
    void SetUp() override {
        document_.reset(testing::syntheticTrace({.length = 40, .steps = 20, .finishedSteps = 20}), false);
        canvas_.setDocument(&document_);
        canvas_.resize(880, 560);
        canvas_.setShape(CanvasShape::CoreSample);
        canvas_.show();
        canvas_.activateWindow();
        canvas_.setFocus();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
        document_.setFrame(10);
    }

    void drag(QPoint from, QPoint by) {
        QTest::mousePress(&canvas_, Qt::LeftButton, {}, from);
        for (int step = 1; step <= 4; ++step) {
            const QPoint at = from + by * step / 4;
            QMouseEvent move(QEvent::MouseMove, at, canvas_.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&canvas_, &move);
        }
        QTest::mouseRelease(&canvas_, Qt::LeftButton, {}, from + by);
    }

    void wheel(QPoint at, int notches) {
        QWheelEvent event(at, canvas_.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas_, &event);
    }

    [[nodiscard]] const CoreCamera& camera() const { return canvas_.core()->camera(); }

    RunDocument document_;
    CanvasWidget canvas_;
};

TEST_F(CoreWidgetTest, ADragTurnsTheBlockAndSelectsNothing) {
    drag({440, 280}, {120, 40});
    EXPECT_LT(camera().yaw, CoreCamera::kYaw);
    EXPECT_GT(camera().pitch, CoreCamera::kPitch);
    EXPECT_EQ(document_.selectedSlot(), std::nullopt);
    EXPECT_EQ(document_.frame(), 10U);
}

TEST_F(CoreWidgetTest, AClickSelectsTheSlotUnderThePointerAndTurnsNothing) {
    QTest::mouseClick(&canvas_, Qt::LeftButton, {}, canvas_.slotRect(20).center());
    EXPECT_EQ(document_.selectedSlot(), 20U);
    EXPECT_EQ(camera(), CoreCamera());
    QTest::mouseClick(&canvas_, Qt::LeftButton, {}, QPoint(3, 3));
    EXPECT_EQ(document_.selectedSlot(), std::nullopt);
}

TEST_F(CoreWidgetTest, TheWheelGoesNearerWhereThePointerIsAndADoubleClickComesBack) {
    const QPoint at = canvas_.slotRect(25).center();
    wheel(at, 4);
    EXPECT_GT(camera().zoom, 1.5F);
    EXPECT_EQ(canvas_.slotAt(at), 25U) << "what the pointer is on stays under it";
    EXPECT_EQ(document_.frame(), 10U);
    drag({440, 280}, {50, 0});
    QTest::mouseDClick(&canvas_, Qt::LeftButton, {}, at);
    EXPECT_EQ(camera(), CoreCamera());
}

TEST_F(CoreWidgetTest, KeysTurnAndArrowsStillMoveTheSelection) {
    const struct {
        Qt::Key key;
        float yaw;
        float pitch;
    } presses[] = {{Qt::Key_Left, -1, 0}, {Qt::Key_Right, 1, 0}, {Qt::Key_Up, 0, 1}, {Qt::Key_Down, 0, -1}};
    for (const auto& [key, yaw, pitch] : presses) {
        canvas_.core()->resetView();
        QTest::keyClick(&canvas_, key, Qt::AltModifier);
        EXPECT_NEAR(camera().yaw, CoreCamera::kYaw + yaw * CoreSample::kOrbitStep, 1e-5F);
        EXPECT_NEAR(camera().pitch, CoreCamera::kPitch + pitch * CoreSample::kOrbitStep, 1e-5F);
    }
    QTest::keyClick(&canvas_, Qt::Key_Plus, Qt::AltModifier);
    EXPECT_GT(camera().zoom, 1.0F);
    QTest::keyClick(&canvas_, Qt::Key_Home, Qt::AltModifier);
    EXPECT_EQ(camera(), CoreCamera());

    QTest::keyClick(&canvas_, Qt::Key_Right);
    const uint32_t first = document_.selectedSlot().value();
    QTest::keyClick(&canvas_, Qt::Key_Right);
    EXPECT_EQ(document_.selectedSlot(), first + 1);
    EXPECT_EQ(camera(), CoreCamera());
}

TEST_F(CoreWidgetTest, RestsWhenNothingHappens) {
    ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas_.isAnimating(); }));
    QSignalSpy changed(&canvas_.view(), &CanvasView::changed);
    QTest::qWait(250);
    EXPECT_EQ(changed.count(), 0);
}

TEST_F(CoreWidgetTest, IsTheSameListOfSlotsToAScreenReader) {
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&canvas_);
    ASSERT_EQ(list->childCount(), static_cast<int>(document_.trace().slots()));
    EXPECT_TRUE(list->text(QAccessible::Description).contains(QStringLiteral("Core sample")));
    canvas_.setShape(CanvasShape::Page);
    QStringList names;
    for (int index = 0; index < list->childCount(); ++index) {
        names << list->child(index)->text(QAccessible::Name);
    }
    canvas_.setShape(CanvasShape::CoreSample);
    for (int index = 0; index < list->childCount(); ++index) {
        QAccessibleInterface* item = list->child(index);
        EXPECT_EQ(item->text(QAccessible::Name), names[index]);
        EXPECT_FALSE(item->state().offscreen);
        ASSERT_TRUE(item->rect().isValid());
        EXPECT_EQ(list->childAt(item->rect().center().x(), item->rect().center().y()), item);
    }
}

}  // namespace
}  // namespace crystallite
