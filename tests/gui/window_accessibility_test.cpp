#include "tests/gui/window_fixture.h"
#include "tests/support/gguf_builder.h"

#include "app/bookmark_dialog.h"
#include "app/canvas/canvas_widget.h"
#include "app/go_to_dialog.h"
#include "app/model_page.h"
#include "app/open_model_dialog.h"
#include "app/run_until_dialog.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QSet>

namespace crystallite::testing {
namespace {

/// Visits what assistive technology sees.
template <typename Visit>
void walk(QAccessibleInterface* element, const Visit& visit) {
    if (element == nullptr || !element->isValid() || element->state().invisible) {
        return;
    }
    visit(*element);
    for (int index = 0; index < element->childCount(); ++index) {
        walk(element->child(index), visit);
    }
}

std::string describe(const QAccessibleInterface& element) {
    const QObject* object = element.object();
    return object == nullptr ? "virtual child" : std::string(object->metaObject()->className()) + " " + object->objectName().toStdString();
}

/// How many elements below `root` take the focus; each must have a name.
int countNamed(QWidget& root) {
    int focusable = 0;
    walk(QAccessible::queryAccessibleInterface(&root), [&focusable](QAccessibleInterface& element) {
        const bool isWhole = element.role() == QAccessible::Window || element.role() == QAccessible::Dialog;
        if (element.state().focusable && element.role() != QAccessible::Cell && !isWhole) {
            ++focusable;
            EXPECT_FALSE(element.text(QAccessible::Name).isEmpty()) << describe(element) << " role " << element.role();
        }
    });
    return focusable;
}

/// Presses Tab until it comes round, and expects to have been everywhere.
void expectTabReachesAllOf(QWidget& root) {
    QSet<const QWidget*> wanted;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->isEnabled() && widget->window() == root.window() &&
            (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr) {
            wanted.insert(widget);
        }
    }
    QSet<const QWidget*> reached;
    for (int presses = 0; presses < 200 && !reached.contains(root.window()->focusWidget()); ++presses) {
        reached.insert(root.window()->focusWidget());
        QTest::keyClick(root.window()->focusWidget(), Qt::Key_Tab);
    }
    for (const QWidget* widget : wanted) {
        EXPECT_TRUE(reached.contains(widget)) << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
    }
}

TEST_F(MainWindowTest, EveryElementThatTakesTheFocusHasAName) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());

    EXPECT_GT(countNamed(*window_), 20);
}

TEST_F(MainWindowTest, BothPagesOfTheOpenModelDialogAreNamedAndReachable) {
    const QString path = file("small.gguf");
    writeFile(path.toStdString(), randomLlada({}, 1, WeightFormat::F16));
    open(FakeScript{});
    OpenModelDialog& dialog = window_->openModelDialog();

    dialog.chooseFrom({path}, "auto");
    EXPECT_GE(countNamed(dialog), 4);
    expectTabReachesAllOf(dialog);
    window_->openModel(path);
    ASSERT_TRUE(QTest::qWaitFor([&dialog] { return dialog.page().isReady(); }));
    EXPECT_GE(countNamed(dialog), 7);
    expectTabReachesAllOf(dialog);
}

TEST_F(MainWindowTest, TheDialogsOfTimeAreNamedAndReachable) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    document().marks().putBookmark({.frame = 8, .note = "end"});

    window_->actions().editBookmark->trigger();
    auto& bookmark = *window_->findChild<BookmarkDialog*>();
    EXPECT_GE(countNamed(bookmark), 5);
    expectTabReachesAllOf(bookmark);
    bookmark.reject();
    window_->actions().goTo->trigger();
    auto& goTo = *window_->findChild<GoToDialog*>();
    EXPECT_GE(countNamed(goTo), 1);
    goTo.reject();
    window_->actions().runUntil->trigger();
    auto& until = *window_->findChild<RunUntilDialog*>();
    auto* choice = until.findChild<QComboBox*>();
    ASSERT_EQ(choice->count(), 6);
    for (int condition = 0; condition < choice->count(); ++condition) {
        choice->setCurrentIndex(condition);
        EXPECT_GE(countNamed(until), 3) << choice->currentText().toStdString();
        expectTabReachesAllOf(until);
    }
}

TEST_F(MainWindowTest, TheCanvasHasAChildForEverySlot) {
    open(FakeScript{});
    runToTheEnd();
    int named = 0;

    walk(QAccessible::queryAccessibleInterface(&window_->canvas()), [&named](QAccessibleInterface& element) {
        named += element.role() == QAccessible::ListItem && !element.text(QAccessible::Name).isEmpty() ? 1 : 0;
    });

    EXPECT_EQ(named, static_cast<int>(document().trace().slots()));
}

TEST_F(MainWindowTest, TabReachesEverythingThatTakesTheFocus) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength() + 3);

    expectTabReachesAllOf(*window_);
}

TEST_F(MainWindowTest, TheTimelineIsASliderThatSaysWhereItStands) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    QAccessibleInterface* slider = QAccessible::queryAccessibleInterface(window_->timeline().tracks());
    ASSERT_NE(slider, nullptr);

    EXPECT_EQ(slider->role(), QAccessible::Slider);
    EXPECT_TRUE(slider->text(QAccessible::Value).startsWith(QStringLiteral("Step 3 of 8. 6 committed, 10 masked. In this step: ")))
        << slider->text(QAccessible::Value).toStdString();
    ASSERT_NE(slider->valueInterface(), nullptr);
    slider->valueInterface()->setCurrentValue(5);
    EXPECT_EQ(document().frame(), 5U);
}

TEST_F(MainWindowTest, NoKeyMeansTwoThings) {
    open(FakeScript{});
    QHash<QKeySequence, QString> meaning;

    for (const QAction* action : window_->findChildren<QAction*>()) {
        for (const QKeySequence& key : action->shortcuts()) {
            EXPECT_FALSE(meaning.contains(key))
                << key.toString().toStdString() << " is " << meaning[key].toStdString() << " and " << action->text().toStdString();
            meaning[key] = action->text();
        }
    }

    EXPECT_GT(meaning.size(), 30);
}

}  // namespace
}  // namespace crystallite::testing
