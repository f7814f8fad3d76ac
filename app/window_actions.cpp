#include "app/window_actions.h"

#include "app/conversions.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace crystallite {
namespace {

using Keys = QList<QKeySequence>;

/// Adds entries to one menu, and so says where a command lives only once.
class MenuBuilder {
public:
    MenuBuilder(QMainWindow& window, const QString& title) : menu_(window.menuBar()->addMenu(title)) {}
    MenuBuilder(MenuBuilder& above, const QString& title) : menu_(above.menu()->addMenu(title)) {}

    QAction* add(const char* text, const Keys& keys = {}) {
        QAction* action = menu_->addAction(translate(text));
        action->setShortcuts(keys);
        const QString plain = QString(action->text()).remove(QLatin1Char('&'));
        action->setIconText(plain);
        QStringList shown;
        for (const QKeySequence& key : keys) {
            shown << key.toString(QKeySequence::NativeText);
        }
        action->setToolTip(shown.isEmpty() ? plain : QStringLiteral("%1 (%2)").arg(plain, shown.join(QStringLiteral(", "))));
        return action;
    }

    QAction* addCheckable(const char* text, const Keys& keys = {}) {
        QAction* action = add(text, keys);
        action->setCheckable(true);
        return action;
    }

    void separate() { menu_->addSeparator(); }
    QMenu* menu() { return menu_; }

private:
    QMenu* menu_;
};

void addFileMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&File"));
    actions.newRun = menu.add("&New run", QKeySequence::keyBindings(QKeySequence::New));
    menu.separate();
    actions.openModel = menu.add("Open &model…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    actions.recentModels = menu.menu()->addMenu(translate("Recent mo&dels"));
    menu.separate();
    actions.open = menu.add("&Open trace…", QKeySequence::keyBindings(QKeySequence::Open));
    actions.recent = menu.menu()->addMenu(translate("Open &recent"));
    actions.keptRuns = menu.menu()->addMenu(translate("&Unsaved runs"));
    menu.separate();
    actions.save = menu.add("&Save trace", QKeySequence::keyBindings(QKeySequence::Save));
    actions.saveAs = menu.add("Save trace &as…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    menu.separate();
    actions.close = menu.add("&Close window", {QKeySequence(Qt::CTRL | Qt::Key_W)});
    actions.quit = menu.add("&Quit", {QKeySequence(Qt::CTRL | Qt::Key_Q)});
}

void addEditMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Edit"));
    actions.copyText = menu.add("Copy &text of this step", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    actions.copyNumbers = menu.add("Copy &numbers of the slot", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    menu.separate();
    actions.editPrompt = menu.add("Edit &prompt", {QKeySequence(Qt::CTRL | Qt::Key_L)});
}

void addRunMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Run"));
    actions.run = menu.add("&Run", {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    actions.stop = menu.add("&Stop", {QKeySequence(Qt::Key_Escape), QKeySequence(Qt::CTRL | Qt::Key_Period)});
    menu.separate();
    actions.newSeed = menu.add("New s&eed", {QKeySequence(Qt::CTRL | Qt::Key_E)});
    actions.followLive = menu.addCheckable("&Follow live");
}

void addStepMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Step"));
    actions.togglePlay = menu.add("&Play", {QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_K)});
    actions.playBackward = menu.add("Play &backward", {QKeySequence(Qt::Key_J)});
    actions.playForward = menu.add("Play &forward", {QKeySequence(Qt::Key_L)});
    menu.separate();
    actions.stepForward = menu.add("&Next step", {QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_Period)});
    actions.stepBack = menu.add("P&revious step", {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_Comma)});
    actions.tenForward = menu.add("Ten steps on", {QKeySequence(Qt::SHIFT | Qt::Key_Right)});
    actions.tenBack = menu.add("Ten steps back", {QKeySequence(Qt::SHIFT | Qt::Key_Left)});
    actions.firstFrame = menu.add("F&irst step", {QKeySequence(Qt::Key_Home)});
    actions.lastFrame = menu.add("&Last step", {QKeySequence(Qt::Key_End)});
    menu.separate();
    actions.nextEvent = menu.add("Next &event", {QKeySequence(Qt::CTRL | Qt::Key_Right)});
    actions.previousEvent = menu.add("Previous e&vent", {QKeySequence(Qt::CTRL | Qt::Key_Left)});
    actions.nextBlock = menu.add("Next bloc&k", {QKeySequence(Qt::Key_PageDown)});
    actions.previousBlock = menu.add("Previous blo&ck", {QKeySequence(Qt::Key_PageUp)});
    menu.separate();
    actions.slower = menu.add("Slo&wer", {QKeySequence(Qt::Key_BracketLeft)});
    actions.faster = menu.add("F&aster", {QKeySequence(Qt::Key_BracketRight)});
    actions.normalSpeed = menu.add("Normal spee&d", {QKeySequence(Qt::Key_Backslash)});
}

/// Of everything around the canvas, which has a zoom of its own.
void addTextSizeMenu(MenuBuilder& view, WindowActions& actions) {
    MenuBuilder menu(view, translate("Te&xt size"));
    actions.textLarger =
        menu.add("&Larger text", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Equal)});
    actions.textSmaller = menu.add("&Smaller text", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Minus)});
    actions.textReset = menu.add("&Usual text size", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_0)});
}

void addViewMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&View"));
    actions.watch = menu.addCheckable("&Watch", {QKeySequence(Qt::Key_F7)});
    actions.study = menu.addCheckable("&Study", {QKeySequence(Qt::Key_F8)});
    auto* modes = new QActionGroup(&window);
    modes->addAction(actions.watch);
    modes->addAction(actions.study);
    menu.separate();
    actions.themeAuto = menu.addCheckable("&Automatic theme");
    actions.themeLight = menu.addCheckable("&Light theme");
    actions.themeDark = menu.addCheckable("&Dark theme");
    auto* themes = new QActionGroup(&window);
    for (QAction* theme : {actions.themeAuto, actions.themeLight, actions.themeDark}) {
        themes->addAction(theme);
    }
    actions.highContrast = menu.addCheckable("&High contrast");
    actions.reducedMotion = menu.addCheckable("&Reduced motion");
    menu.separate();
    actions.zoomIn = menu.add("Zoom &in", {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    actions.zoomOut = menu.add("Zoom &out", {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    actions.zoomReset = menu.add("&Normal size", {QKeySequence(Qt::CTRL | Qt::Key_0)});
    addTextSizeMenu(menu, actions);
    menu.separate();
    actions.fullScreen = menu.addCheckable("&Full screen", {QKeySequence(Qt::Key_F11)});
    actions.resetLayout = menu.add("Reset la&yout");
    menu.separate();
    actions.view = menu.menu();
}

void addHelpMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Help"));
    actions.keyMap = menu.add("&Keys", {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    actions.about = menu.add("&About Crystallite");
}

/// Of the menu called `name` and the menus inside it.
void addKeysOf(const QMenu& menu, const QString& name, std::vector<KeyMapEntry>& entries) {
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) {
            addKeysOf(*action->menu(), name, entries);
        }
        if (action->shortcuts().isEmpty()) {
            continue;
        }
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) {
            keys << key.toString(QKeySequence::NativeText);
        }
        entries.push_back(
            {.menu = name, .command = QString(action->text()).remove(QLatin1Char('&')), .keys = keys.join(QStringLiteral("   "))});
    }
}

}  // namespace

WindowActions makeWindowActions(QMainWindow& window) {
    WindowActions actions;
    addFileMenu(window, actions);
    addEditMenu(window, actions);
    addRunMenu(window, actions);
    addStepMenu(window, actions);
    addViewMenu(window, actions);
    addHelpMenu(window, actions);
    return actions;
}

std::vector<KeyMapEntry> keyMapOf(const QMainWindow& window) {
    std::vector<KeyMapEntry> entries;
    for (const QAction* menu : window.menuWidget()->actions()) {
        addKeysOf(*menu->menu(), QString(menu->text()).remove(QLatin1Char('&')), entries);
    }
    return entries;
}

}  // namespace crystallite
