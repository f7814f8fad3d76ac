// What assistive technology gets of the window: its tree in every main state, and what it is told while steps go by.

#include "app/about_dialog.h"
#include "app/announcer.h"
#include "app/canvas/canvas_widget.h"
#include "app/inspector.h"
#include "app/key_map_dialog.h"
#include "app/log_dialog.h"
#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSet>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

std::string describe(const QAccessibleInterface& element) {
    const QObject* object = element.object();
    const QAccessibleInterface* parent = element.parent();
    const std::string above = parent != nullptr && parent->object() != nullptr ? parent->object()->metaObject()->className() : "?";
    return (object == nullptr ? "virtual child of " + above
                              : object->metaObject()->className() + (" " + object->objectName().toStdString())) +
           ", role " + std::to_string(element.role());
}

/// Roles that mean nothing to a person who does not hear a name with them.
bool needsName(const QAccessibleInterface& element) {
    static const QSet<int> kSpoken{QAccessible::Button,   QAccessible::CheckBox,     QAccessible::RadioButton, QAccessible::ComboBox,
                                   QAccessible::SpinBox,  QAccessible::EditableText, QAccessible::Slider,      QAccessible::List,
                                   QAccessible::ListItem, QAccessible::Table,        QAccessible::MenuItem,    QAccessible::ButtonMenu,
                                   QAccessible::Dialog,   QAccessible::ProgressBar,  QAccessible::AlertMessage};
    return kSpoken.contains(element.role()) || (element.state().focusable && element.role() != QAccessible::Cell);
}

/// Every element below `root` that is seen: spoken ones have a name, children know their parent, and none is lost on the way.
int checkTree(QAccessibleInterface* root, const char* state) {
    if (root == nullptr || !root->isValid() || root->state().invisible) {
        return 0;
    }
    int seen = 1;
    if (needsName(*root)) {
        EXPECT_FALSE(root->text(QAccessible::Name).isEmpty()) << state << ": " << describe(*root);
    }
    for (int index = 0; index < root->childCount(); ++index) {
        QAccessibleInterface* child = root->child(index);
        if (child == nullptr) {
            ADD_FAILURE() << state << ": child " << index << " of " << describe(*root) << " is missing";
            continue;
        }
        EXPECT_EQ(root->indexOfChild(child), index) << state << ": " << describe(*child);
        seen += checkTree(child, state);
    }
    return seen;
}

int checkTree(QWidget& root, const char* state) {
    return checkTree(QAccessible::queryAccessibleInterface(&root), state);
}

/// Presses Tab until it comes round; nothing that takes the focus with Tab is left out.
void checkFocus(QWidget& root, const char* state) {
    QSet<const QWidget*> reached;
    if (root.focusWidget() == nullptr) {
        QTest::keyClick(&root, Qt::Key_Tab);
    }
    for (int presses = 0; presses < 300 && root.focusWidget() != nullptr && !reached.contains(root.focusWidget()); ++presses) {
        reached.insert(root.focusWidget());
        QTest::keyClick(root.focusWidget(), Qt::Key_Tab);
    }
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        const bool wanted = widget->isVisible() && widget->isEnabled() && widget->window() == &root &&
                            (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr;
        EXPECT_TRUE(!wanted || reached.contains(widget))
            << state << ": " << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
    }
}

/// Every field of a form is called by its label.
void checkBuddies(const QWidget& root, const char* state) {
    for (const QFormLayout* form : root.findChildren<QFormLayout*>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole);
            const auto* label = item == nullptr ? nullptr : qobject_cast<const QLabel*>(item->widget());
            if (label == nullptr) {
                continue;
            }
            const QLayoutItem* field = form->itemAt(row, QFormLayout::FieldRole);
            const bool isFact = field != nullptr && qobject_cast<const QLabel*>(field->widget()) != nullptr;
            EXPECT_TRUE(isFact || label->buddy() != nullptr) << state << ": " << label->text().toStdString();
        }
    }
}

class WindowSpeech : public MainWindowTest {
protected:
    void SetUp() override { QAccessible::setActive(true); }

    void check(const char* state) {
        EXPECT_GT(checkTree(*window_, state), 60) << state;
        checkFocus(*window_, state);
        checkBuddies(*window_, state);
        const QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&window_->canvas());
        ASSERT_NE(canvas, nullptr);
        EXPECT_EQ(canvas->role(), QAccessible::List) << state;
        EXPECT_EQ(canvas->childCount(), static_cast<int>(document().trace().slots())) << state;
    }
};

TEST_F(WindowSpeech, TheTreeIsWholeWithoutARunWhileLoadingAndAfterAFailure) {
    open(FakeScript{.loadError = "This file is no model; choose another one.", .failingModel = "broken"});
    check("no run");
    window_->loadModel({.model = "broken"});
    check("loading");
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->findChild<QWidget*>(QStringLiteral("messageBar"))->isVisible(); }, kPatienceMs));
    check("message");
}

TEST_F(WindowSpeech, TheTreeIsWholeWhileARunGoesOnAndInItsReplay) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));
    check("running");
    window_->actions().stop->trigger();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));
    check("replay");
    document().selectSlot(document().trace().canvas(3).maskedSlots().front());
    check("replay with a slot");
    for (const DecodePolicy policy : FakeScript{}.policies) {
        window_->promptPanel().setSettings({.length = 16, .policy = policy});
        check(std::string(nameOf(policy)).c_str());
    }
    window_->actions().watch->trigger();
    check("watch");
}

TEST_F(WindowSpeech, EveryDialogIsNamedAndReachable) {
    const QString path = file("small.gguf");
    writeFile(path.toStdString(), randomLlada({}, 1, WeightFormat::F16));
    open(FakeScript{});
    OpenModelDialog& dialog = window_->openModelDialog();
    dialog.chooseFrom({path}, "auto");
    EXPECT_GT(checkTree(dialog, "choose a model"), 5);
    checkFocus(dialog, "choose a model");
    dialog.hide();

    window_->actions().keyMap->trigger();
    auto* keys = window_->findChild<KeyMapDialog*>();
    ASSERT_NE(keys, nullptr);
    EXPECT_GT(checkTree(*keys, "keys"), 30);
    checkFocus(*keys, "keys");
    keys->close();

    window_->actions().about->trigger();
    auto* about = window_->findChild<AboutDialog*>();
    ASSERT_NE(about, nullptr);
    EXPECT_GT(checkTree(*about, "about"), 4);
    checkFocus(*about, "about");
    about->findChild<QPushButton*>(QStringLiteral("copyAbout"))->click();
    const std::string copied = QApplication::clipboard()->text().toStdString();
    EXPECT_THAT(copied, ::testing::HasSubstr(qVersion()));
    EXPECT_THAT(copied, ::testing::HasSubstr("SQLite: "));
    about->close();

    window_->actions().log->trigger();
    auto* log = window_->findChild<LogDialog*>();
    ASSERT_NE(log, nullptr);
    EXPECT_GT(checkTree(*log, "log"), 6);
    checkFocus(*log, "log");
    log->close();
}

TEST_F(WindowSpeech, RolesFitWhatTheWidgetsAre) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    const std::pair<const char*, QAccessible::Role> roles[] = {
        {"QPushButton", QAccessible::Button},          {"QCheckBox", QAccessible::CheckBox},
        {"QComboBox", QAccessible::ComboBox},          {"QSpinBox", QAccessible::SpinBox},
        {"QDoubleSpinBox", QAccessible::SpinBox},      {"QLineEdit", QAccessible::EditableText},
        {"QPlainTextEdit", QAccessible::EditableText}, {"QMenuBar", QAccessible::MenuBar},
        {"QProgressBar", QAccessible::ProgressBar}};
    for (const auto& [name, role] : roles) {
        int found = 0;
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
            const bool isInner = widget->objectName() == QLatin1String("qt_spinbox_lineedit");  // the spin box speaks for it
            if (widget->inherits(name) && !isInner) {
                ++found;
                const QAccessibleInterface* element = QAccessible::queryAccessibleInterface(widget);
                const auto* button = qobject_cast<const QPushButton*>(widget);
                const bool isSwitch = button != nullptr && button->isCheckable() && element->role() == QAccessible::CheckBox;
                EXPECT_TRUE(element->role() == role || isSwitch)
                    << name << " " << widget->accessibleName().toStdString() << " is " << element->role();
            }
        }
        EXPECT_GT(found, 0) << name;
    }
}

/// What a desktop would read out by itself: what it is told about the widget with the focus, and announcements.
struct Spoken {
    static inline QStringList events;

    static void note(QAccessibleEvent* event) {
        const bool says = event->type() == QAccessible::NameChanged || event->type() == QAccessible::ValueChanged ||
                          event->type() == QAccessible::Alert || event->type() == QAccessible::DescriptionChanged ||
                          event->type() == QAccessible::TextInserted || event->type() == QAccessible::TextRemoved ||
                          event->type() == QAccessible::TextUpdated;
        const auto* widget = qobject_cast<const QWidget*>(event->object());
        if (says && widget != nullptr && widget->hasFocus()) {
            events << QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className())).arg(event->type());
        }
    }
};

TEST_F(WindowSpeech, OneSentencePerStepAndSilenceWhilePlaying) {
    open(FakeScript{});
    runToTheEnd(32, 16);
    window_->playback().seek(0);
    QTest::qWait(20);
    QStringList said;
    QObject::connect(&window_->announcer(), &Announcer::said, window_.get(), [&said](const QString& sentence) { said << sentence; });
    QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(Spoken::note);
    const auto expectSpoken = [&said](qsizetype sentences, qsizetype events, const char* when) {
        EXPECT_EQ(said.size(), sentences) << when << ": " << said.join(QLatin1Char('|')).toStdString();
        // Qt hands out events only where the desktop has a bus for them.
        EXPECT_EQ(Spoken::events.size(), QAccessible::isActive() ? events : 0)
            << when << ": " << Spoken::events.join(QLatin1Char('|')).toStdString();
        said.clear();
        Spoken::events.clear();
    };
    // A slider tells its step as value and as name; desktops read one of them.
    const std::pair<QWidget*, qsizetype> places[] = {{&window_->canvas(), 1}, {window_->timeline().tracks(), 2}};
    for (const auto& [place, events] : places) {
        place->setFocus();
        QTest::qWait(20);
        said.clear();
        Spoken::events.clear();
        press(Qt::Key_Period);
        QTest::qWait(20);
        expectSpoken(1, events, "a step");
        const uint32_t from = document().frame();
        press(Qt::Key_L);
        ASSERT_TRUE(QTest::qWaitFor([&] { return document().frame() >= from + 4; }, kPatienceMs));
        expectSpoken(0, 0, "while playing");
        press(Qt::Key_K);
        QTest::qWait(20);
        expectSpoken(1, events, "a pause");
        window_->playback().seek(0);
        QTest::qWait(20);
    }
    QAccessible::installUpdateHandler(before);
}

TEST_F(WindowSpeech, TheCanvasSaysWhereTheRunStands) {
    open(FakeScript{});
    runToTheEnd(16, 8);
    window_->playback().seek(3);
    const QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&window_->canvas());

    EXPECT_EQ(canvas->text(QAccessible::Name).toStdString(), "Canvas, step 3 of 8, 10 masked");
}

}  // namespace
}  // namespace crystallite::testing
