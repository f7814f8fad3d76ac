// Nothing in the window is cut: at every size of text, and at the device pixel ratio that the program runs with (see CMakeLists.txt).

#include "app/elided_label.h"
#include "app/inspector.h"
#include "app/reading_edit.h"
#include "app/reading_view.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>

namespace crystallite::testing {
namespace {

constexpr int kPercents[] = {100, 125, 150, 200};

class WindowClipping : public MainWindowTest {
protected:
    void TearDown() override {
        MainWindowTest::TearDown();
        Look usual;
        usual.setChoices({});
    }

    void showRun() {
        open(FakeScript{});
        window_->resize(1440, 900);
        runToTheEnd();
        window_->playback().seek(4);
        document().selectSlot(document().trace().canvas(4).maskedSlots().front());
    }

    void setPercent(int percent) { window_->look().setChoices({.textPercent = percent}); }

    /// What labels and buttons need against what they have. Elided labels may be shorter than their text, but not lower.
    [[nodiscard]] QStringList cutTexts() const {
        QStringList cut;
        int seen = 0;
        for (const QWidget* widget : window_->findChildren<QWidget*>()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const QString text = label != nullptr ? label->text() : button != nullptr ? button->text() : QString();
            if (text.isEmpty() || !widget->isVisible()) {
                continue;
            }
            ++seen;
            const bool wraps = label != nullptr && label->wordWrap();
            const bool gives = wraps || qobject_cast<const ElidedLabel*>(widget) != nullptr;
            constexpr int kRounding = 1;
            const QSize needed(gives ? 0 : widget->minimumSizeHint().width() - kRounding,
                               wraps ? label->heightForWidth(widget->width()) : widget->fontMetrics().height());
            if (widget->width() < needed.width() || widget->height() < needed.height()) {
                cut << QStringLiteral("%1 “%2” has %3 x %4 of %5 x %6")
                           .arg(QLatin1String(widget->metaObject()->className()), text)
                           .arg(widget->width())
                           .arg(widget->height())
                           .arg(needed.width())
                           .arg(needed.height());
            }
        }
        EXPECT_GT(seen, 25);
        return cut;
    }

    [[nodiscard]] QStringList sidewaysAreas() const {
        QStringList areas;
        for (const QScrollArea* area : window_->findChildren<QScrollArea*>()) {
            if (area->isVisible() && area->objectName() != QStringLiteral("sent") && area->horizontalScrollBar()->maximum() > 0) {
                areas << QStringLiteral("%1 has %2 of %3")
                             .arg(QLatin1String(area->widget()->metaObject()->className()))
                             .arg(area->viewport()->width())
                             .arg(area->widget()->minimumSizeHint().width());
            }
        }
        return areas;
    }

    [[nodiscard]] QStringList faults() const {
        QStringList all = cutTexts() + sidewaysAreas();
        const auto* edit = window_->reading().findChild<ReadingEdit*>();
        const int line = edit->fontMetrics().lineSpacing();
        const int height = edit->viewport()->height();
        if (height < 2 * line || height % line > 2) {
            all << QStringLiteral("the reading view shows %1 px of lines of %2 px").arg(height).arg(line);
        }
        if (window_->width() > 1440 || window_->height() > 900) {
            all << QStringLiteral("the window was pushed to %1 x %2").arg(window_->width()).arg(window_->height());
        }
        return all;
    }

    void check(const std::string& when) const {
        // Layouts settle by and by.
        constexpr int kSettleMs = 3000;
        static_cast<void>(QTest::qWaitFor([this] { return faults().isEmpty(); }, kSettleMs));
        EXPECT_EQ(faults().join(QLatin1Char('\n')).toStdString(), "") << when;
    }
};

TEST_F(WindowClipping, NothingIsCutAtAnySizeOfText) {
    showRun();
    for (const int percent : kPercents) {
        setPercent(percent);
        check(std::to_string(percent) + " %");
    }
    for (const int percent : {150, 100}) {
        setPercent(percent);
        check("back to " + std::to_string(percent) + " %");
    }
}

TEST_F(WindowClipping, ARestoredLayoutMakesRoomAgain) {
    for (const int percent : kPercents) {
        // The docks are remembered at the usual size of the text, and come back beside larger text.
        showRun();
        const QByteArray narrow = window_->saveState(2);
        setPercent(percent);
        window_->close();
        window_.reset();
        worker_.reset();
        open(FakeScript{});
        window_->resize(1440, 900);
        ASSERT_EQ(window_->look().choices().textPercent, percent);
        window_->restoreState(narrow, 2);
        runToTheEnd();
        window_->playback().seek(4);
        document().selectSlot(document().trace().canvas(4).maskedSlots().front());
        check("restored at " + std::to_string(percent) + " %");
        MainWindowTest::TearDown();
        Look usual;
        usual.setChoices({});
    }
}

TEST_F(WindowClipping, WatchAndTheInspectorWithEverySectionOpen) {
    showRun();
    for (const int percent : kPercents) {
        setPercent(percent);
        for (QAbstractButton* section : window_->inspector().findChildren<QAbstractButton*>(QStringLiteral("section"))) {
            section->setChecked(true);
        }
        check("all sections at " + std::to_string(percent) + " %");
        window_->actions().watch->trigger();
        check("Watch at " + std::to_string(percent) + " %");
        window_->actions().study->trigger();
    }
}

}  // namespace
}  // namespace crystallite::testing
