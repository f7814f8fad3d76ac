#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/elided_label.h"
#include "app/header_bar.h"
#include "app/inspector.h"
#include "app/inspector_docks.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/start_page.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>

#include <array>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

class WindowLookTest : public MainWindowTest {
protected:
    void TearDown() override {
        MainWindowTest::TearDown();
        applyUsualText();
    }

    static void applyUsualText() {
        Look usual;
        usual.setChoices({});
    }

    [[nodiscard]] QDockWidget* dock(const char* name) const { return window_->findChild<QDockWidget*>(QLatin1String(name)); }

    /// Ends the window and opens it again with the same settings.
    void reopen() {
        window_->close();
        window_.reset();
        worker_.reset();
        open(FakeScript{});
    }
};

TEST_F(WindowLookTest, WatchKeepsPromptCanvasAndTransportAlone) {
    open(FakeScript{});
    runToTheEnd();

    press(Qt::Key_F7);

    EXPECT_TRUE(window_->actions().watch->isChecked());
    EXPECT_FALSE(window_->inspector().isVisible());
    EXPECT_FALSE(window_->timeline().tracks()->isVisible());
    EXPECT_TRUE(window_->promptPanel().isVisible());
    EXPECT_TRUE(window_->canvas().isVisible());
    EXPECT_TRUE(window_->timeline().transportBar()->isVisible());
    for (const QDockWidget* one : window_->findChildren<QDockWidget*>()) {
        EXPECT_EQ(one->isVisible(), one == dock("promptDock") || one == dock("timelineDock")) << one->objectName().toStdString();
    }
}

TEST_F(WindowLookTest, WatchGivesTheRoomToTheCanvas) {
    open(FakeScript{});
    runToTheEnd();
    const QSize study = window_->canvas().size();

    press(Qt::Key_F7);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->canvas().height() > study.height() + 80; }))
        << window_->canvas().height() << " after " << study.height();

    EXPECT_GT(window_->canvas().width(), study.width() + 200);
    EXPECT_LT(dock("timelineDock")->height(), 70) << "the transport alone is left of the timeline";
}

TEST_F(WindowLookTest, EveryModeKeepsItsDocks) {
    open(FakeScript{});
    runToTheEnd();
    window_->resizeDocks({dock("inspectorDock")}, {390}, Qt::Horizontal);
    window_->resizeDocks({dock("timelineDock")}, {300}, Qt::Vertical);
    dock("promptDock")->hide();
    QTest::qWait(50);
    const int inspectorWidth = dock("inspectorDock")->width();
    const int timelineHeight = dock("timelineDock")->height();
    EXPECT_NEAR(inspectorWidth, 390, 4);

    press(Qt::Key_F7);
    EXPECT_FALSE(dock("promptDock")->isHidden()) << "Watch has an arrangement of its own";
    dock("promptDock")->hide();
    press(Qt::Key_F8);
    QTest::qWait(50);

    EXPECT_TRUE(dock("promptDock")->isHidden());
    EXPECT_NEAR(dock("inspectorDock")->width(), inspectorWidth, 2);
    EXPECT_NEAR(dock("timelineDock")->height(), timelineHeight, 2);
    dock("promptDock")->show();
    press(Qt::Key_F7);
    EXPECT_TRUE(dock("promptDock")->isHidden()) << "as it was left in Watch";
    window_->actions().resetLayout->trigger();
    EXPECT_TRUE(window_->actions().study->isChecked());
    EXPECT_FALSE(dock("promptDock")->isHidden());
    EXPECT_FALSE(dock("inspectorDock")->isHidden());
}

TEST_F(WindowLookTest, ResetLayoutGivesBackTheRoomThatALargeTextAndMoreInspectorsTook) {
    open(FakeScript{});
    window_->actions().resetLayout->trigger();
    QTest::qWait(50);
    const int usual = dock("inspectorDock")->width();
    LookChoices large = window_->look().choices();
    large.textPercent = 200;
    window_->look().setChoices(large);
    window_->inspectors().openAnother();
    window_->resizeDocks({dock("inspectorDock")}, {usual + 200}, Qt::Horizontal);
    QTest::qWait(50);
    ASSERT_NE(dock("inspectorDock")->width(), usual);

    large.textPercent = 100;
    window_->look().setChoices(large);
    window_->actions().resetLayout->trigger();
    QTest::qWait(50);

    EXPECT_NEAR(dock("inspectorDock")->width(), usual, 2);
}

TEST_F(WindowLookTest, ASmallerTextGivesTheInspectorItsWidthBack) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    QTest::qWait(50);
    const int usual = dock("inspectorDock")->minimumSizeHint().width();
    LookChoices choices = window_->look().choices();
    choices.textPercent = 200;
    window_->look().setChoices(choices);
    ASSERT_TRUE(QTest::qWaitFor([&] { return dock("inspectorDock")->minimumSizeHint().width() > usual + 50; }));

    choices.textPercent = 100;
    window_->look().setChoices(choices);

    EXPECT_TRUE(QTest::qWaitFor([&] { return dock("inspectorDock")->minimumSizeHint().width() == usual; }))
        << dock("inspectorDock")->minimumSizeHint().width() << " instead of " << usual;
    window_->actions().resetLayout->trigger();
    QTest::qWait(50);
    EXPECT_NEAR(dock("inspectorDock")->width(), 304, 2);
}

TEST_F(WindowLookTest, ModeDocksAndLookAreRemembered) {
    open(FakeScript{});
    dock("promptDock")->hide();
    press(Qt::Key_F7);
    window_->actions().themeLight->trigger();
    window_->actions().highContrast->trigger();
    window_->actions().reducedMotion->trigger();
    press(Qt::Key_Plus, Qt::ControlModifier | Qt::AltModifier);

    reopen();

    EXPECT_TRUE(window_->actions().watch->isChecked());
    EXPECT_FALSE(window_->inspector().isVisible());
    const LookChoices expected{.theme = ThemeChoice::Light, .highContrast = true, .reducedMotion = true, .textPercent = 110};
    EXPECT_EQ(window_->look().choices(), expected);
    EXPECT_TRUE(window_->actions().highContrast->isChecked());
    EXPECT_TRUE(window_->actions().reducedMotion->isChecked());
    EXPECT_DOUBLE_EQ(window_->playback().stepsPerSecond(), kReducedStepsPerSecond);
    press(Qt::Key_F8);
    EXPECT_TRUE(dock("promptDock")->isHidden()) << "Study as it was left";
    EXPECT_TRUE(window_->inspector().isVisible());
}

TEST_F(WindowLookTest, WhatTheCanvasShowsIsRemembered) {
    open(FakeScript{});
    const auto toggles = [this] {
        return std::array{window_->actions().detailScale, window_->actions().beliefShifts, window_->actions().foldEnds};
    };
    for (QAction* toggle : toggles()) {
        EXPECT_FALSE(toggle->isChecked()) << toggle->text().toStdString();
        toggle->trigger();
    }

    reopen();

    for (const QAction* toggle : toggles()) {
        EXPECT_TRUE(toggle->isChecked()) << toggle->text().toStdString();
    }
    EXPECT_TRUE(window_->canvas().view().visualSettings().detailScale);
    EXPECT_TRUE(window_->canvas().view().visualSettings().shifts);
    EXPECT_TRUE(window_->canvas().view().foldsEnds());
}

TEST_F(WindowLookTest, AnEmptyCanvasSaysHowToBegin) {
    open(FakeScript{});
    const auto* page = window_->findChild<StartPage*>();
    ASSERT_NE(page, nullptr);
    EXPECT_TRUE(page->isVisible());
    EXPECT_EQ(page->mapToGlobal(QPoint()), window_->canvas().mapToGlobal(QPoint()));
    EXPECT_EQ(page->size(), window_->canvas().size());

    runToTheEnd();

    EXPECT_FALSE(page->isVisible());
}

TEST_F(WindowLookTest, ReducedMotionListsWhatChangedBesideTheText) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    const auto* changes = window_->reading().findChild<ElidedLabel*>(QStringLiteral("changedWords"));
    ASSERT_NE(changes, nullptr);
    EXPECT_FALSE(changes->isVisible());

    window_->actions().reducedMotion->trigger();

    EXPECT_TRUE(changes->isVisible());
    EXPECT_THAT(changes->text().toStdString(), HasSubstr("committed: "));
    EXPECT_EQ(changes->accessibleName(), changes->text());
    window_->playback().seek(0);
    EXPECT_EQ(changes->text().toStdString(), "");
}

/// What stands in the header is whole, or says all of it in a tool tip.
void expectNothingIsClipped(const QWidget& root, int percent) {
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        const bool isText = qobject_cast<const QAbstractButton*>(widget) != nullptr || qobject_cast<const QLabel*>(widget) != nullptr;
        if (!isText || !widget->isVisible() || qobject_cast<const ElidedLabel*>(widget) != nullptr) {
            continue;
        }
        const auto* label = qobject_cast<const QLabel*>(widget);
        const int wanted = label != nullptr && label->wordWrap() ? 0 : widget->sizeHint().width();
        EXPECT_LE(wanted, widget->width()) << percent << " %: " << widget->metaObject()->className() << " "
                                           << widget->accessibleName().toStdString()
                                           << (label != nullptr ? label->text().toStdString() : "");
        EXPECT_LE(widget->minimumSizeHint().height(), widget->height()) << percent << " %: " << widget->accessibleName().toStdString();
    }
}

TEST_F(WindowLookTest, TheHeaderIsWholeAtEverySizeOfText) {
    open(FakeScript{});
    runToTheEnd();
    window_->resize(1440, 900);
    for (const int percent : kTextPercents) {
        window_->look().setChoices({.textPercent = percent});
        QTest::qWait(30);
        const auto* header = window_->findChild<HeaderBar*>();
        EXPECT_TRUE(header->isVisible());
        EXPECT_LE(window_->width(), 1440) << percent << " %: the text must not push the window off the screen";
        expectNothingIsClipped(*header, percent);
        for (const auto* label : header->findChildren<ElidedLabel*>()) {
            EXPECT_EQ(label->accessibleName(), label->text());
        }
    }
}

TEST_F(WindowLookTest, TextGrowsInEveryPanelAndTheCanvasKeepsItsZoom) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    const double zoom = window_->canvas().textZoom();
    const QRect slot = window_->canvas().slotRect(2);
    QHash<QLabel*, int> heights;
    for (QLabel* label : window_->findChildren<QLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            heights[label] = label->fontMetrics().height();
        }
    }
    ASSERT_GT(heights.size(), 20);

    window_->look().setChoices({.textPercent = 200});
    QTest::qWait(30);

    for (auto [label, height] : heights.asKeyValueRange()) {
        EXPECT_GT(label->fontMetrics().height(), height * 3 / 2) << label->text().toStdString();
    }
    for (const QWidget* panel : {static_cast<QWidget*>(&window_->promptPanel()), static_cast<QWidget*>(&window_->inspector())}) {
        EXPECT_LE(panel->minimumSizeHint().width(), panel->parentWidget()->width()) << "the panel makes room for its text";
    }
    EXPECT_EQ(window_->canvas().textZoom(), zoom);
    EXPECT_LT(window_->canvas().slotRect(2).height(), slot.height() * 3 / 2) << "the canvas has a zoom of its own";
}

TEST_F(WindowLookTest, TheRunPanelIsAsNarrowAsItsViewport) {
    open(FakeScript{});
    const QScrollArea* area = nullptr;
    for (const QWidget* above = &window_->promptPanel(); above != nullptr && area == nullptr; above = above->parentWidget()) {
        area = qobject_cast<const QScrollArea*>(above);
    }
    ASSERT_NE(area, nullptr);
    EXPECT_LE(area->minimumSizeHint().width(), 250);
    for (const DecodePolicy policy : FakeScript{}.policies) {
        window_->promptPanel().setSettings({.length = 16, .policy = policy});
        QTest::qWait(20);
        EXPECT_LE(window_->promptPanel().minimumSizeHint().width(), area->viewport()->width()) << nameOf(policy);
        EXPECT_EQ(window_->promptPanel().width(), area->viewport()->width()) << nameOf(policy);
    }
}

/// Counts what is painted below a window.
class PaintCount : public QObject {
public:
    int paints = 0;
    bool eventFilter(QObject* watched, QEvent* event) override {
        paints += event->type() == QEvent::Paint || event->type() == QEvent::UpdateRequest ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
};

TEST_F(WindowLookTest, NothingIsPaintedWhileTheWindowIsHidden) {
    open(FakeScript{});
    prepareRun(16, 8);
    PaintCount count;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
        widget->installEventFilter(&count);
    }
    window_->actions().run->trigger();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isEmpty() && !document().isLive(); }));
    QTest::qWait(200);
    EXPECT_GT(count.paints, 0);

    window_->hide();
    QTest::qWait(50);
    count.paints = 0;
    const uint64_t revision = window_->canvas().view().sceneRevision();
    bool started = false;
    QObject::connect(&document(), &RunDocument::traceReset, &count, [&started] { started = true; });
    window_->actions().run->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return started && !document().isLive(); }));
    QTest::qWait(100);

    EXPECT_EQ(count.paints, 0);
    EXPECT_EQ(window_->canvas().view().sceneRevision(), revision) << "a display list that nobody sees was built";
}

}  // namespace
}  // namespace crystallite::testing
