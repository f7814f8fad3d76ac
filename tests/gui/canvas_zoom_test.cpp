// What is in view and how large: zoom, pan, fit.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace crystallite {
namespace {

class CanvasZoom : public ::testing::Test {
protected:
    void show(uint32_t slots) {
        document_.reset(testing::syntheticTrace({.length = slots, .steps = 16, .finishedSteps = 16}), false);
        canvas_.setDocument(&document_);
        canvas_.resize(880, 560);
        canvas_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
    }
    void showBoard() {
        Trace text = testing::syntheticTrace({.length = 64, .steps = 16, .finishedSteps = 16});
        TraceHeader header = text.header();
        header.layout = GridLayout{.rows = 8, .columns = 8, .boxRows = 4, .boxColumns = 4};
        document_.reset(Trace(header, Canvas({}, 64, 0), text.pieces(), {}), false);
        canvas_.setDocument(&document_);
        canvas_.resize(880, 560);
        canvas_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
    }
    void wheel(QPoint at, QPoint angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWheelEvent event(QPointF(at), QPointF(canvas_.mapToGlobal(at)), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas_, &event);
    }
    [[nodiscard]] bool inView(uint32_t position) const { return canvas_.rect().contains(canvas_.slotRect(position)); }

    RunDocument document_;
    CanvasWidget canvas_;
};

TEST_F(CanvasZoom, FitShowsTheWholeRunWhateverItsLength) {
    for (const uint32_t slots : {64U, 1024U, 4096U}) {
        show(slots);
        canvas_.fitRun();
        for (uint32_t position = 0; position < document_.trace().slots(); ++position) {
            ASSERT_TRUE(inView(position)) << "slot " << position << " of " << slots;
        }
        EXPECT_LE(canvas_.textZoom(), 1.0);
        EXPECT_EQ(canvas_.view().scroll(), QPointF());
        EXPECT_FALSE(canvas_.grabImage().isNull());
    }
}

TEST_F(CanvasZoom, FitStaysUntilAnotherZoomIsSet) {
    show(1024);
    canvas_.fitRun();
    canvas_.resize(600, 400);
    EXPECT_TRUE(inView(document_.trace().slots() - 1)) << "fits the new size, too";

    const double fitted = canvas_.textZoom();
    QTest::keyClick(&canvas_, Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_GT(canvas_.textZoom(), fitted);
    EXPECT_LT(canvas_.textZoom(), fitted * 1.2) << "zooming in starts at the size that was seen";
    EXPECT_FALSE(canvas_.view().fitsRun());
}

TEST_F(CanvasZoom, TheWheelZoomsAroundThePointer) {
    show(1024);
    canvas_.scrollToSlot(500);
    const QPoint at = canvas_.slotRect(500).center();

    wheel(at, {0, 120}, Qt::ControlModifier);
    EXPECT_NEAR(canvas_.textZoom(), 1.1, 1e-9);
    EXPECT_NEAR(canvas_.slotRect(500).center().y(), at.y(), 1);
    const QPoint larger = canvas_.slotRect(500).center();
    wheel(larger, {0, -240}, Qt::ControlModifier);
    EXPECT_NEAR(canvas_.slotRect(500).center().y(), larger.y(), 1);
}

TEST_F(CanvasZoom, ZoomToTheSelectionPutsItInTheMiddle) {
    show(1024);
    document_.selectSlot(500);

    canvas_.zoomToSelection();
    EXPECT_NEAR(canvas_.slotRect(500).center().y(), canvas_.height() / 2, 1);
    EXPECT_NEAR(static_cast<double>(canvas_.view().scroll().y()), static_cast<double>(canvas_.view().drawnScroll().y()), 0.5);
    EXPECT_GT(canvas_.slotRect(500).height(), 60) << "type of 32 pixels";

    document_.selectSlot(std::nullopt);
    const QRect before = canvas_.slotRect(500);
    canvas_.zoomToSelection();
    EXPECT_EQ(canvas_.slotRect(500), before);
}

TEST_F(CanvasZoom, ABoardIsPannedInBothAxes) {
    showBoard();
    canvas_.setTextZoom(3.0);
    const QRect before = canvas_.slotRect(35);

    wheel({400, 300}, {-120, -120});
    const QRect wheeled = canvas_.slotRect(35);
    EXPECT_LT(wheeled.left(), before.left());
    EXPECT_LT(wheeled.top(), before.top());

    QTest::mousePress(&canvas_, Qt::MiddleButton, {}, {400, 300});
    QTest::mouseMove(&canvas_, {430, 320});
    QTest::mouseRelease(&canvas_, Qt::MiddleButton, {}, {430, 320});
    EXPECT_EQ(canvas_.slotRect(35).topLeft(), wheeled.topLeft() + QPoint(30, 20)) << "the content follows the pointer";
    QTest::mouseMove(&canvas_, {300, 200});
    EXPECT_EQ(canvas_.slotRect(35).topLeft(), wheeled.topLeft() + QPoint(30, 20)) << "and is let go";

    canvas_.scrollToSlot(63);
    EXPECT_TRUE(inView(63));
    canvas_.setTextZoom(1.0);
    EXPECT_EQ(canvas_.view().scroll(), QPointF()) << "what fits is not left scrolled away";
}

TEST_F(CanvasZoom, OnlyWhatIsInViewIsBuilt) {
    show(4096);
    RunDocument& run = document_;
    CanvasView view(canvasFont());
    view.setViewport({880, 560}, 1.0);
    view.setDocument(&run);

    EXPECT_LT(view.scene().parts.size(), 700U);
    view.scrollBy({0.0, view.greatestScroll().y() / 2.0});
    EXPECT_LT(view.scene().parts.size(), 700U);
    EXPECT_GT(view.scene().parts.front().position, 1000U);
}

}  // namespace
}  // namespace crystallite
