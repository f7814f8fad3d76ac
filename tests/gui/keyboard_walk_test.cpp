// A whole visit without a mouse, and that whoever makes it sees where the focus is.

#include "app/candidate_popup.h"
#include "app/canvas/canvas_widget.h"
#include "app/hand_controls.h"
#include "app/inspector.h"
#include "app/key_map_dialog.h"
#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QImage>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTabBar>
#include <QTableWidget>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

class KeyboardWalk : public MainWindowTest {
protected:
    /// Tab until the focus is on `target`.
    void tabTo(const QWidget* target) {
        for (int presses = 0; presses < 100 && QApplication::focusWidget() != target; ++presses) {
            press(Qt::Key_Tab);
        }
        ASSERT_EQ(QApplication::focusWidget(), target);
    }

    /// Opens the menu of this mnemonic and presses the one of an entry.
    void choose(Qt::Key menu, Qt::Key entry) {
        press(menu, Qt::AltModifier);
        ASSERT_TRUE(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }, 5'000)) << "the menu did not open";
        QTest::keyClick(QApplication::activePopupWidget(), entry);
        QTest::qWait(10);
    }
};

TEST_F(KeyboardWalk, AWholeVisitNeedsNoMouse) {
    open(FakeScript{.waitingStep = 6});

    // The prompt
    press(Qt::Key_L, Qt::ControlModifier);
    auto* prompt = window_->promptPanel().findChild<QPlainTextEdit*>();
    ASSERT_TRUE(prompt->hasFocus());
    QTest::keyClicks(prompt, QStringLiteral("A little rabbit"));
    EXPECT_EQ(prompt->toPlainText().toStdString(), "A little rabbit");
    press(Qt::Key_Tab);
    EXPECT_FALSE(prompt->hasFocus()) << "Tab leaves the field";

    // Run and stop
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 5; }, kPatienceMs));
    EXPECT_TRUE(window_->canvas().hasFocus()) << "a run is watched";
    press(Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));

    // Steps and slots
    press(Qt::Key_Comma);
    press(Qt::Key_Comma);
    EXPECT_EQ(document().frame(), 3U);
    press(Qt::Key_Right);
    ASSERT_TRUE(document().selectedSlot());
    const uint32_t first = *document().selectedSlot();
    press(Qt::Key_Right);
    EXPECT_EQ(document().selectedSlot(), first + 1);
    press(Qt::Key_Down);
    EXPECT_NE(document().selectedSlot(), first + 1);
    window_->actions().watch->trigger();
    EXPECT_FALSE(window_->inspector().isVisible());
    press(Qt::Key_Return);
    EXPECT_TRUE(window_->hands().popup().isVisible()) << "Enter on a slot opens its candidates";
    press(Qt::Key_Escape);
    EXPECT_TRUE(window_->canvas().hasFocus());

    // The inspector and the timeline
    press(Qt::Key_F8);
    ASSERT_TRUE(window_->timeline().tracks()->isVisible());
    tabTo(window_->inspector().findChild<QTableWidget*>());
    press(Qt::Key_Down);
    EXPECT_EQ(document().frame(), 3U) << "a table keeps its arrows";
    tabTo(window_->timeline().tracks());
    press(Qt::Key_Right);
    EXPECT_EQ(document().frame(), 4U);
    press(Qt::Key_Home);
    EXPECT_EQ(document().frame(), 0U);
}

TEST_F(KeyboardWalk, MenusThemesTextAndDialogsToTheEnd) {
    open(FakeScript{});
    runToTheEnd();

    choose(Qt::Key_V, Qt::Key_H);
    EXPECT_TRUE(window_->look().isHighContrast());
    choose(Qt::Key_V, Qt::Key_G);
    EXPECT_FALSE(window_->look().theme().dark);
    choose(Qt::Key_V, Qt::Key_D);
    choose(Qt::Key_V, Qt::Key_H);
    EXPECT_TRUE(window_->look().theme().dark);
    EXPECT_FALSE(window_->look().isHighContrast());
    press(Qt::Key_Plus, Qt::ControlModifier | Qt::AltModifier);
    EXPECT_EQ(window_->look().choices().textPercent, 110);
    press(Qt::Key_0, Qt::ControlModifier | Qt::AltModifier);
    EXPECT_EQ(window_->look().choices().textPercent, 100);

    press(Qt::Key_F1);
    auto* keys = window_->findChild<KeyMapDialog*>();
    ASSERT_NE(keys, nullptr);
    QTest::keyClick(keys, Qt::Key_Escape);
    EXPECT_FALSE(keys->isVisible());
    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(window_->openModelDialog().isVisible());
    QTest::keyClick(&window_->openModelDialog(), Qt::Key_Escape);
    EXPECT_FALSE(window_->openModelDialog().isVisible());

    QApplication::setActiveWindow(window_.get());
    window_->canvas().setFocus();
    press(Qt::Key_Q, Qt::ControlModifier);
    EXPECT_FALSE(window_->isVisible());
    EXPECT_EQ(unsavedQuestions_, 0) << "the history has the run";
}

/// Relative luminance of WCAG 2.1, from the theme's own function: against black it is contrast * 0.05 - 0.05.
Colour colourOf(QRgb pixel) {
    return {static_cast<float>(qRed(pixel)) / 255.0F, static_cast<float>(qGreen(pixel)) / 255.0F,
            static_cast<float>(qBlue(pixel)) / 255.0F};
}

/// Pixels of two pictures that differ at 3:1 or more.
int strongDifferences(const QImage& a, const QImage& b) {
    int different = 0;
    for (int y = 0; y < std::min(a.height(), b.height()); ++y) {
        for (int x = 0; x < std::min(a.width(), b.width()); ++x) {
            different += a.pixel(x, y) != b.pixel(x, y) && contrastRatio(colourOf(a.pixel(x, y)), colourOf(b.pixel(x, y))) >= 3.0F ? 1 : 0;
        }
    }
    return different;
}

class VisibleFocus : public KeyboardWalk, public ::testing::WithParamInterface<std::pair<bool, bool>> {
protected:
    /// `widget` and a little around it.
    [[nodiscard]] QImage pictureOf(const QWidget& widget) {
        constexpr int kAround = 3;
        const QRect place(widget.mapTo(window_.get(), QPoint()), widget.size());
        return window_->grab(place.adjusted(-kAround, -kAround, kAround, kAround)).toImage();
    }

    /// Brings it in front and into view.
    static void scrollTo(QWidget* widget) {
        for (QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
            if (auto* dock = qobject_cast<QDockWidget*>(above)) {
                dock->raise();
            }
            if (auto* area = qobject_cast<QScrollArea*>(above)) {
                area->ensureWidgetVisible(widget);
            }
        }
    }

    void checkEveryWidget(const char* state) {
        QWidget* const elsewhere = window_->promptPanel().findChild<QPlainTextEdit*>();
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !widget->isEnabled() || widget->window() != window_.get() ||
                (widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy() != nullptr) {
                continue;
            }
            scrollTo(widget);
            if (qobject_cast<QTabBar*>(widget) != nullptr && !window_->rect().intersects(widget->geometry())) {
                continue;  // a spare one, which the main window keeps outside of itself
            }
            (widget == elsewhere ? static_cast<QWidget*>(&window_->canvas()) : elsewhere)->setFocus(Qt::TabFocusReason);
            QTest::qWait(1);
            const QImage without = pictureOf(*widget);
            widget->setFocus(Qt::TabFocusReason);
            QTest::qWait(1);
            ASSERT_TRUE(widget->hasFocus());
            // An outline of one pixel around half of it is the least that one finds at a glance.
            const int least = std::min(widget->width(), 60);
            EXPECT_GE(strongDifferences(without, pictureOf(*widget)), least)
                << state << ": " << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
        }
    }
};

TEST_P(VisibleFocus, EveryWidgetShowsThatItHasTheFocus) {
    QApplication::setCursorFlashTime(0);
    open(FakeScript{});
    window_->look().setTheme(GetParam().first ? ThemeChoice::Dark : ThemeChoice::Light);
    window_->look().setHighContrast(GetParam().second);
    QTest::qWait(50);
    checkEveryWidget("no run");
    runToTheEnd();
    window_->playback().seek(3);
    checkEveryWidget("no slot selected");
    document().selectSlot(document().trace().canvas(3).maskedSlots().front());
    QTest::qWait(20);
    for (QWidget* button : window_->findChildren<QWidget*>(QStringLiteral("disclosure"))) {
        if (button->isVisible()) {
            QTest::keyClick(button, Qt::Key_Space);
        }
    }
    QTest::qWait(20);
    checkEveryWidget("slot selected, everything opened");
}

INSTANTIATE_TEST_SUITE_P(Themes, VisibleFocus,
                         ::testing::Values(std::pair(true, false), std::pair(false, false), std::pair(true, true), std::pair(false, true)),
                         [](const auto& tested) {
                             return std::string(tested.param.second ? "HighContrast" : "Usual") + (tested.param.first ? "Dark" : "Light");
                         });

}  // namespace
}  // namespace crystallite::testing
