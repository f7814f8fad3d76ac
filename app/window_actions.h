#pragma once

#include <QString>

#include <array>
#include <vector>

class QAction;
class QMainWindow;
class QMenu;

namespace crystallite {

/// Every command of the window. Each has its menu entry, and its shortcut is shown there.
struct WindowActions {
    // File
    QAction* newRun = nullptr;
    QAction* openModel = nullptr;
    QAction* models = nullptr;
    QMenu* recentModels = nullptr;
    QAction* open = nullptr;
    QMenu* recent = nullptr;
    QAction* save = nullptr;
    QAction* saveAs = nullptr;
    QAction* exportRun = nullptr;
    QAction* close = nullptr;
    QAction* quit = nullptr;
    // Edit
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    QAction* copyText = nullptr;
    QAction* copyNumbers = nullptr;
    QAction* copyStepNumbers = nullptr;
    QAction* copyCurves = nullptr;
    QAction* undoTrash = nullptr;
    QAction* findRun = nullptr;
    QAction* find = nullptr;
    QAction* findNext = nullptr;
    QAction* findPrevious = nullptr;
    QAction* editPrompt = nullptr;
    // Run
    QAction* run = nullptr;
    QAction* stop = nullptr;
    QAction* newChat = nullptr;
    QAction* continueChat = nullptr;
    QAction* batch = nullptr;
    QAction* timeStep = nullptr;
    QAction* presets = nullptr;
    QAction* newSeed = nullptr;
    QAction* followLive = nullptr;
    QAction* runInformation = nullptr;
    QAction* continueRun = nullptr;
    QAction* computeStep = nullptr;
    QAction* branch = nullptr;
    QAction* noise = nullptr;
    // Slot
    QAction* pin = nullptr;
    QAction* typeWords = nullptr;
    QAction* remask = nullptr;
    QAction* candidates = nullptr;
    QAction* commitNext = nullptr;
    QAction* insertBefore = nullptr;
    QAction* insertBehind = nullptr;
    QAction* deleteSlots = nullptr;
    // Measure
    QAction* measureAttention = nullptr;
    QAction* measureLeaveOneOut = nullptr;
    QAction* measureCandidates = nullptr;
    QAction* copyMeasurement = nullptr;
    QAction* clearMeasurement = nullptr;
    // Step
    QAction* togglePlay = nullptr;
    QAction* playBackward = nullptr;
    QAction* playForward = nullptr;
    QAction* stepForward = nullptr;
    QAction* stepBack = nullptr;
    QAction* tenForward = nullptr;
    QAction* tenBack = nullptr;
    QAction* firstFrame = nullptr;
    QAction* lastFrame = nullptr;
    QAction* nextEvent = nullptr;
    QAction* previousEvent = nullptr;
    QAction* nextBlock = nullptr;
    QAction* previousBlock = nullptr;
    QAction* runForward = nullptr;
    QAction* runBackward = nullptr;
    QAction* runUntil = nullptr;
    QAction* goTo = nullptr;
    QAction* slower = nullptr;
    QAction* faster = nullptr;
    QAction* normalSpeed = nullptr;
    // Step, what is marked
    QAction* toggleBreakpoint = nullptr;
    QAction* clearBreakpoints = nullptr;
    QAction* rangeIn = nullptr;
    QAction* rangeOut = nullptr;
    QAction* loopRange = nullptr;
    QAction* clearRange = nullptr;
    QAction* editBookmark = nullptr;
    QMenu* bookmarks = nullptr;
    std::array<QAction*, 10> jumpToBookmark{};  ///< those with a key, in the menu of bookmarks
    // View
    QAction* watch = nullptr;
    QAction* study = nullptr;
    QAction* themeAuto = nullptr;
    QAction* themeLight = nullptr;
    QAction* themeDark = nullptr;
    QAction* highContrast = nullptr;
    QAction* reducedMotion = nullptr;
    QAction* zoomIn = nullptr;
    QAction* zoomOut = nullptr;
    QAction* zoomReset = nullptr;
    // View > Layout, View > Core sample
    QAction* layoutPage = nullptr;
    QAction* layoutCore = nullptr;
    QAction* layoutNext = nullptr;
    QAction* coreLeft = nullptr;
    QAction* coreRight = nullptr;
    QAction* coreUp = nullptr;
    QAction* coreDown = nullptr;
    QAction* coreNearer = nullptr;
    QAction* coreFarther = nullptr;
    QAction* coreReset = nullptr;
    QAction* newInspector = nullptr;
    QAction* lockInspector = nullptr;
    QAction* timeZoomIn = nullptr;
    QAction* timeZoomOut = nullptr;
    QAction* timeZoomBlock = nullptr;
    QAction* timeZoomWhole = nullptr;
    QAction* heatmap = nullptr;
    QAction* fitRun = nullptr;
    QAction* zoomToSlot = nullptr;
    QAction* detailScale = nullptr;
    QAction* beliefShifts = nullptr;
    QAction* foldEnds = nullptr;
    QAction* textLarger = nullptr;
    QAction* textSmaller = nullptr;
    QAction* textReset = nullptr;
    QAction* fullScreen = nullptr;
    QAction* resetLayout = nullptr;
    QMenu* view = nullptr;  ///< the docks' own entries are added to it
    // Help
    QAction* legend = nullptr;
    QAction* keyMap = nullptr;
    QAction* log = nullptr;
    QAction* about = nullptr;
};

/// "Bookmark 3"
[[nodiscard]] QString bookmarkTitle(int number);

/// Builds the menu bar of `window`, which owns the actions.
[[nodiscard]] WindowActions makeWindowActions(QMainWindow& window);

/// One line of the key map: a command and its keys, as the menus have them.
struct KeyMapEntry {
    QString menu;
    QString command;
    QString keys;
};
[[nodiscard]] std::vector<KeyMapEntry> keyMapOf(const QMainWindow& window);

}  // namespace crystallite
