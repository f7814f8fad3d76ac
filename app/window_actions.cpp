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

QString withoutMnemonic(QString text) {
    return text.remove(QLatin1Char('&'));
}

QString keysText(const Keys& keys, const QString& separator) {
    QStringList shown;
    for (const QKeySequence& key : keys) {
        shown << key.toString(QKeySequence::NativeText);
    }
    return shown.join(separator);
}

/// Adds entries to one menu, and so says where a command lives only once.
class MenuBuilder {
public:
    MenuBuilder(QMainWindow& window, const QString& title) : menu_(window.menuBar()->addMenu(title)) {}
    MenuBuilder(MenuBuilder& parent, const QString& title) : menu_(parent.menu_->addMenu(title)) {}

    QAction* add(const char* text, const Keys& keys = {}) {
        QAction* action = menu_->addAction(translate(text));
        action->setShortcuts(keys);
        const QString plain = withoutMnemonic(action->text());
        action->setIconText(plain);
        action->setToolTip(keys.isEmpty() ? plain : QStringLiteral("%1 (%2)").arg(plain, keysText(keys, QStringLiteral(", "))));
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
    actions.models = menu.add("Mode&l library…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)});
    actions.recentModels = menu.menu()->addMenu(translate("Recent mo&dels"));
    menu.separate();
    actions.open = menu.add("&Open trace…", QKeySequence::keyBindings(QKeySequence::Open));
    actions.recent = menu.menu()->addMenu(translate("Open &recent"));
    menu.separate();
    actions.save = menu.add("&Save trace", QKeySequence::keyBindings(QKeySequence::Save));
    actions.saveAs = menu.add("Save trace &as…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    actions.exportRun = menu.add("&Export…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    menu.separate();
    actions.close = menu.add("&Close window", {QKeySequence(Qt::CTRL | Qt::Key_W)});
    actions.quit = menu.add("&Quit", {QKeySequence(Qt::CTRL | Qt::Key_Q)});
}

void addEditMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Edit"));
    actions.undo = menu.add("&Undo", {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    actions.redo = menu.add("&Redo", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    menu.separate();
    actions.copyText = menu.add("Copy &text of this step", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    actions.copyNumbers = menu.add("Copy &numbers of the slot", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    actions.copyStepNumbers = menu.add("Copy numbers of the &step");
    actions.copyCurves = menu.add("Copy cur&ves of the run");
    menu.separate();
    actions.undoTrash = menu.add("&Undo move to trash");
    actions.findRun = menu.add("Find in the &history", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    actions.find = menu.add("&Find in all steps", QKeySequence::keyBindings(QKeySequence::Find));
    actions.findNext = menu.add("Next &match", {QKeySequence(Qt::Key_F3)});
    actions.findPrevious = menu.add("Pre&vious match", {QKeySequence(Qt::SHIFT | Qt::Key_F3)});
    menu.separate();
    actions.editPrompt = menu.add("Edit &prompt", {QKeySequence(Qt::CTRL | Qt::Key_L)});
}

void addRunMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Run"));
    actions.run = menu.add("&Run", {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    actions.stop = menu.add("&Stop", {QKeySequence(Qt::Key_Escape), QKeySequence(Qt::CTRL | Qt::Key_Period)});
    menu.separate();
    actions.continueRun = menu.add("&Continue", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return)});
    actions.computeStep = menu.add("Compute &one step");
    actions.branch = menu.add("&Branch from here", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)});
    actions.noise = menu.add("&Noise this text…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    menu.separate();
    actions.batch = menu.add("Batch o&ver seeds…", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_B)});
    actions.timeStep = menu.add("&Time one step");
    menu.separate();
    actions.newChat = menu.add("New c&hat", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)});
    actions.continueChat = menu.add("Continue ch&at", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return)});
    menu.separate();
    actions.presets = menu.add("&Presets…", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    actions.newSeed = menu.add("New s&eed", {QKeySequence(Qt::CTRL | Qt::Key_E)});
    actions.followLive = menu.addCheckable("&Follow live");
    menu.separate();
    actions.runInformation = menu.add("Run &information", {QKeySequence(Qt::ALT | Qt::Key_Return)});
}

void addRangeMenu(MenuBuilder& step, WindowActions& actions) {
    MenuBuilder menu(step, translate("Ti&me range"));
    actions.rangeIn = menu.add("Range begins &here", {QKeySequence(Qt::Key_I)});
    actions.rangeOut = menu.add("Range &ends here", {QKeySequence(Qt::Key_O)});
    actions.loopRange = menu.addCheckable("&Loop the range", {QKeySequence(Qt::SHIFT | Qt::Key_L)});
    actions.clearRange = menu.add("&No range");
}

void addBookmarkMenu(MenuBuilder& step, WindowActions& actions) {
    MenuBuilder menu(step, translate("B&ookmarks"));
    actions.editBookmark = menu.add("&Set or edit bookmark…", {QKeySequence(Qt::CTRL | Qt::Key_B)});
    menu.separate();
    for (int number = 1; number <= 10; ++number) {
        // Ctrl+0 is the normal size (app/decisions/0003).
        const auto key =
            number < 10 ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)) : QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_0);
        QAction* jump = menu.add("Bookmark", {key});
        jump->setText(bookmarkTitle(number));
        jump->setVisible(false);  // until there is such a bookmark
        actions.jumpToBookmark[static_cast<size_t>(number - 1)] = jump;
    }
    actions.bookmarks = menu.menu();
}

/// Where the cursor is sent, and what stops it.
void addDestinations(MenuBuilder& menu, WindowActions& actions) {
    actions.runForward = menu.add("Run to t&he end or a breakpoint", {QKeySequence(Qt::Key_F5)});
    actions.runBackward = menu.add("Run back &to the start or a breakpoint", {QKeySequence(Qt::SHIFT | Qt::Key_F5)});
    actions.runUntil = menu.add("Run &until…", {QKeySequence(Qt::CTRL | Qt::Key_F5)});
    actions.goTo = menu.add("&Go to…", {QKeySequence(Qt::CTRL | Qt::Key_G)});
    menu.separate();
    actions.toggleBreakpoint = menu.addCheckable("Breakpoint at the &slot", {QKeySequence(Qt::Key_F9)});
    actions.clearBreakpoints = menu.add("Remove ever&y breakpoint", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F9)});
}

void addStepMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Step"));
    actions.togglePlay = menu.add("&Play", {QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_K)});
    actions.playBackward = menu.add("Play &backward", {QKeySequence(Qt::Key_J)});
    actions.playForward = menu.add("Play &forward", {QKeySequence(Qt::Key_L)});
    menu.separate();
    actions.stepForward = menu.add("&Next step", {QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_Period), QKeySequence(Qt::Key_F10)});
    actions.stepBack =
        menu.add("P&revious step", {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_Comma), QKeySequence(Qt::SHIFT | Qt::Key_F10)});
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
    addDestinations(menu, actions);
    addRangeMenu(menu, actions);
    addBookmarkMenu(menu, actions);
    menu.separate();
    actions.slower = menu.add("Slo&wer", {QKeySequence(Qt::Key_BracketLeft)});
    actions.faster = menu.add("F&aster", {QKeySequence(Qt::Key_BracketRight)});
    actions.normalSpeed = menu.add("Normal spee&d", {QKeySequence(Qt::Key_Backslash)});
}

void addLayoutMenus(QMainWindow& window, MenuBuilder& view, WindowActions& actions) {
    MenuBuilder layout(view, translate("&Layout"));
    actions.layoutPage = layout.addCheckable("&Page or board", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_1)});
    actions.layoutCore = layout.addCheckable("&Core sample", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_2)});
    auto* layouts = new QActionGroup(&window);
    layouts->addAction(actions.layoutPage);
    layouts->addAction(actions.layoutCore);
    layout.separate();
    actions.layoutNext = layout.add("&Next layout", {QKeySequence(Qt::Key_V)});

    MenuBuilder core(view, translate("&Core sample"));
    actions.coreLeft = core.add("Turn &left", {QKeySequence(Qt::ALT | Qt::Key_Left)});
    actions.coreRight = core.add("Turn &right", {QKeySequence(Qt::ALT | Qt::Key_Right)});
    actions.coreUp = core.add("Look from farther &above", {QKeySequence(Qt::ALT | Qt::Key_Up)});
    actions.coreDown = core.add("Look from farther &below", {QKeySequence(Qt::ALT | Qt::Key_Down)});
    core.separate();
    actions.coreNearer = core.add("&Nearer", {QKeySequence(Qt::ALT | Qt::Key_Plus), QKeySequence(Qt::ALT | Qt::Key_Equal)});
    actions.coreFarther = core.add("&Farther", {QKeySequence(Qt::ALT | Qt::Key_Minus)});
    actions.coreReset = core.add("Reset &view", {QKeySequence(Qt::ALT | Qt::Key_Home)});
}

void addTimelineMenu(MenuBuilder& view, WindowActions& actions) {
    MenuBuilder menu(view, translate("T&imeline view"));
    actions.timeZoomIn = menu.add("Zoom &time in", {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)});
    actions.timeZoomOut = menu.add("Zoom time o&ut", {QKeySequence(Qt::Key_Minus)});
    actions.timeZoomBlock = menu.add("Zoom time to the &block", {QKeySequence(Qt::Key_Z)});
    actions.timeZoomWhole = menu.add("Whol&e run", {QKeySequence(Qt::SHIFT | Qt::Key_Z)});
    actions.heatmap = menu.addCheckable("&Position × step heatmap");
}

/// What a person does to the selected slots. Nothing of it is on a bare Delete or Backspace.
void addSlotMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("S&lot"));
    actions.pin = menu.add("&Pin or unpin", {QKeySequence(Qt::Key_P)});
    actions.typeWords = menu.add("&Type words here…", {QKeySequence(Qt::Key_T)});
    actions.remask = menu.add("&Remask", {QKeySequence(Qt::Key_R)});
    actions.candidates = menu.add("&Choose a candidate…", {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    actions.commitNext = menu.add("Commit &next", {QKeySequence(Qt::SHIFT | Qt::Key_P)});
    menu.separate();
    actions.insertBefore = menu.add("&Insert a slot before", {QKeySequence(Qt::Key_Insert)});
    actions.insertBehind = menu.add("Insert a slot &behind", {QKeySequence(Qt::ALT | Qt::Key_Insert)});
    actions.deleteSlots = menu.add("&Delete the slots", {QKeySequence(Qt::CTRL | Qt::Key_Delete)});
}

void addMeasureMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Measure"));
    actions.measureAttention = menu.add("&Attention of the slot", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)});
    actions.measureLeaveOneOut = menu.add("&Leave one out", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X)});
    actions.measureCandidates = menu.add("64 &candidates", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)});
    menu.separate();
    actions.copyMeasurement = menu.add("Copy measurement as &table");
    actions.clearMeasurement = menu.add("Clear &measurement", {QKeySequence(Qt::SHIFT | Qt::Key_Escape)});
}

void addCanvasEntries(MenuBuilder& menu, WindowActions& actions) {
    actions.fitRun = menu.add("Fit the whole r&un", {QKeySequence(Qt::Key_F)});
    actions.zoomToSlot = menu.add("Zoom to the slo&t", {QKeySequence(Qt::SHIFT | Qt::Key_F)});
    menu.separate();
    actions.detailScale = menu.addCheckable("&Entropy from 0 to 4 nats");
    actions.beliefShifts = menu.addCheckable("How far &beliefs moved (KL)");
    actions.foldEnds = menu.addCheckable("Fold end-of-te&xt");
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
    addCanvasEntries(menu, actions);
    menu.separate();
    addLayoutMenus(window, menu, actions);
    menu.separate();
    actions.newInspector = menu.add("New ins&pector", {QKeySequence(Qt::CTRL | Qt::Key_I)});
    actions.lockInspector = menu.addCheckable("Loc&k the inspector", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    menu.separate();
    addTimelineMenu(menu, actions);
    menu.separate();
    actions.fullScreen = menu.addCheckable("&Full screen", {QKeySequence(Qt::Key_F11)});
    actions.resetLayout = menu.add("Reset la&yout");
    menu.separate();
    actions.view = menu.menu();
}

void addHelpMenu(QMainWindow& window, WindowActions& actions) {
    MenuBuilder menu(window, translate("&Help"));
    actions.legend = menu.add("&What the canvas shows");
    actions.keyMap = menu.add("&Keys", {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    menu.separate();
    actions.log = menu.add("&Log…");
    actions.about = menu.add("&About Crystallite");
}

void addKeysOf(const QMenu& menu, const QString& name, std::vector<KeyMapEntry>& entries) {
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) {
            addKeysOf(*action->menu(), QStringLiteral("%1 › %2").arg(name, withoutMnemonic(action->text())), entries);
        } else if (!action->shortcuts().isEmpty()) {
            entries.push_back(
                {.menu = name, .command = withoutMnemonic(action->text()), .keys = keysText(action->shortcuts(), QStringLiteral("   "))});
        }
    }
}

}  // namespace

QString bookmarkTitle(int number) {
    return translate("Bookmark %1").arg(number);
}

WindowActions makeWindowActions(QMainWindow& window) {
    WindowActions actions;
    addFileMenu(window, actions);
    addEditMenu(window, actions);
    addRunMenu(window, actions);
    addStepMenu(window, actions);
    addSlotMenu(window, actions);
    addMeasureMenu(window, actions);
    addViewMenu(window, actions);
    addHelpMenu(window, actions);
    return actions;
}

std::vector<KeyMapEntry> keyMapOf(const QMainWindow& window) {
    std::vector<KeyMapEntry> entries;
    for (const QAction* menu : window.menuWidget()->actions()) {
        addKeysOf(*menu->menu(), withoutMnemonic(menu->text()), entries);
    }
    return entries;
}

}  // namespace crystallite
