#include "app/canvas/canvas_widget.h"

#include "app/canvas/canvas_layout.h"
#include "app/canvas/canvas_view.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QQuickWidget>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace crystallite {
namespace {

class CanvasWidgetTest : public ::testing::Test {
protected:
    void SetUp() override {
        document_.reset(testing::syntheticTrace({}), false);
        canvas_.setDocument(&document_);
        canvas_.resize(880, 560);
        canvas_.show();
        canvas_.activateWindow();
        canvas_.setFocus();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
    }

    [[nodiscard]] std::vector<QRect> allRects() const {
        std::vector<QRect> rects;
        for (uint32_t position = 0; position < document_.trace().slots(); ++position) {
            rects.push_back(canvas_.slotRect(position));
        }
        return rects;
    }

    RunDocument document_;
    CanvasWidget canvas_;
};

TEST_F(CanvasWidgetTest, DrawsWithTheSceneGraphWhereShadersRun) {
    EXPECT_TRUE(canvas_.usesSceneGraph());
}

TEST_F(CanvasWidgetTest, DrawsAFrameOnceAndTogetherWithTheWindow) {
    ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas_.isAnimating(); }));
    QTest::qWait(50);
    int drawn = 0;
    const QQuickWindow* scene = canvas_.findChild<QQuickWidget*>()->quickWindow();
    QObject::connect(scene, &QQuickWindow::afterRendering, &canvas_, [&drawn] { ++drawn; });

    document_.setFrame(5);
    document_.setFrame(3);
    EXPECT_EQ(drawn, 0) << "everything that happens now comes first";
    QCoreApplication::sendPostedEvents();  // what was asked for, then painting; no timer
    EXPECT_EQ(drawn, 1);

    QTest::qWait(50);
    EXPECT_EQ(drawn, 1) << "a frame that stands is not drawn again";
}

TEST_F(CanvasWidgetTest, SlotsDoNotMoveBetweenFramesOfARun) {
    const std::vector<QRect> first = allRects();

    for (uint32_t frame = 0; frame <= document_.trace().steps(); ++frame) {
        document_.setFrame(frame);
        ASSERT_EQ(allRects(), first) << "frame " << frame;
    }
}

TEST(CanvasView, DrawsEverySlotInViewAtEveryScrollAndFewBesides) {
    RunDocument document;
    document.reset(testing::syntheticTrace({.length = 1536, .steps = 16, .finishedSteps = 16}), false);
    CanvasView view(canvasFont());
    view.setViewport({880, 560}, 1.0);
    view.setDocument(&document);
    const double greatest = view.greatestScroll().y();
    ASSERT_GT(greatest, 2.0 * 560.0) << "the run must be longer than the viewport";

    for (double scrolled = 0.0; scrolled < greatest; scrolled += 130.0) {
        const std::vector<CellInstance>& cells = view.scene().cells;
        for (uint32_t position = 0; position < document.trace().slots(); ++position) {
            const bool inView = view.slotRect(position).intersects(QRectF(0, 0, 880, 560));
            const bool drawn = std::any_of(cells.begin(), cells.end(),
                                           [&](const CellInstance& cell) { return cell.rect == view.layout().slot(position); });
            EXPECT_TRUE(drawn || !inView) << "slot " << position << " at scroll " << view.scroll().y();
        }
        EXPECT_LT(cells.size(), document.trace().slots() / 2) << "at scroll " << view.scroll().y();
        view.scrollBy({0.0, 130.0});
    }
}

TEST_F(CanvasWidgetTest, ArrowsMoveTheSelectionAndEnterActivatesIt) {
    QSignalSpy activated(&canvas_, &CanvasWidget::slotActivated);

    QTest::keyClick(&canvas_, Qt::Key_Right);
    const uint32_t first = document_.selectedSlot().value();
    QTest::keyClick(&canvas_, Qt::Key_Right);
    QTest::keyClick(&canvas_, Qt::Key_Down);
    const uint32_t below = document_.selectedSlot().value();
    QTest::keyClick(&canvas_, Qt::Key_Return);

    EXPECT_EQ(first, document_.trace().promptLength()) << "the first arrow enters the answer";
    EXPECT_GT(canvas_.slotRect(below).top(), canvas_.slotRect(first).top());
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.at(0).at(0).toUInt(), below);
}

TEST_F(CanvasWidgetTest, AClickSelectsAndAClickBesideDeselects) {
    QTest::mouseClick(&canvas_, Qt::LeftButton, {}, canvas_.slotRect(20).center());
    EXPECT_EQ(document_.selectedSlot(), 20U);

    QTest::mouseClick(&canvas_, Qt::LeftButton, {}, QPoint(3, 3));
    EXPECT_EQ(document_.selectedSlot(), std::nullopt);
}

TEST_F(CanvasWidgetTest, ZoomEnlargesTypeAndScrollingStaysInRange) {
    const int before = canvas_.slotRect(20).height();

    QTest::keyClick(&canvas_, Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_GT(canvas_.slotRect(20).height(), before);
    canvas_.setTextZoom(3.0);
    canvas_.scrollToSlot(document_.trace().slots() - 1);
    EXPECT_LE(canvas_.slotRect(document_.trace().slots() - 1).bottom(), canvas_.height());
    EXPECT_LT(canvas_.slotRect(0).bottom(), 0) << "the top has left the view";
    QTest::keyClick(&canvas_, Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(canvas_.slotRect(20).height(), before);
    EXPECT_GE(canvas_.slotRect(0).top(), 0) << "what fits again is not left scrolled away";
}

TEST_F(CanvasWidgetTest, SelectingFollowsWithTheView) {
    canvas_.setTextZoom(3.0);

    document_.selectSlot(document_.trace().slots() - 1);

    EXPECT_TRUE(canvas_.rect().contains(canvas_.slotRect(document_.trace().slots() - 1)));
}

TEST_F(CanvasWidgetTest, RestsWhenNothingHappens) {
    document_.setFrame(5);
    document_.setFrame(6);
    EXPECT_TRUE(canvas_.isAnimating());
    ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas_.isAnimating(); }));
    QSignalSpy changed(&canvas_.view(), &CanvasView::changed);

    QTest::qWait(250);

    EXPECT_EQ(changed.count(), 0);
}

TEST_F(CanvasWidgetTest, ReducedMotionShowsTheNextStepAtOnce) {
    canvas_.setReducedMotion(true);

    document_.setFrame(5);
    document_.setFrame(6);

    EXPECT_FALSE(canvas_.isAnimating());
    EXPECT_FLOAT_EQ(canvas_.view().motion().fade, 1.0F);
    EXPECT_FLOAT_EQ(canvas_.view().motion().snap, 0.0F);
}

TEST_F(CanvasWidgetTest, FinishingALiveRunMovesNothing) {
    const Trace whole = testing::syntheticTrace({});
    Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
    document_.reset(growing, true);

    for (uint32_t step = 1; step <= whole.steps(); ++step) {
        document_.append(whole.record(step), {}, {});
        ASSERT_FALSE(canvas_.grabImage().isNull());
    }
    const std::vector<QRect> atEnd = allRects();
    document_.finish(RunStatus::Complete);
    document_.setFrame(3);

    EXPECT_EQ(allRects(), atEnd) << "finishing and looking back move nothing";
}

TEST_F(CanvasWidgetTest, SurvivesItsDocumentAndAnEmptyOne) {
    auto shortLived = std::make_unique<RunDocument>();
    canvas_.setDocument(shortLived.get());
    QTest::keyClick(&canvas_, Qt::Key_Right);
    EXPECT_FALSE(canvas_.grabImage().isNull());

    shortLived.reset();

    EXPECT_EQ(canvas_.document(), nullptr);
    EXPECT_FALSE(canvas_.grabImage().isNull());
}

}  // namespace
}  // namespace crystallite
