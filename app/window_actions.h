#pragma once

#include <QString>

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
    QMenu* recentModels = nullptr;
    QAction* open = nullptr;
    QMenu* recent = nullptr;
    QMenu* keptRuns = nullptr;
    QAction* save = nullptr;
    QAction* saveAs = nullptr;
    QAction* close = nullptr;
    QAction* quit = nullptr;
    // Edit
    QAction* copyText = nullptr;
    QAction* copyNumbers = nullptr;
    QAction* editPrompt = nullptr;
    // Run
    QAction* run = nullptr;
    QAction* stop = nullptr;
    QAction* newSeed = nullptr;
    QAction* followLive = nullptr;
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
    QAction* slower = nullptr;
    QAction* faster = nullptr;
    QAction* normalSpeed = nullptr;
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
    QAction* textLarger = nullptr;
    QAction* textSmaller = nullptr;
    QAction* textReset = nullptr;
    QAction* fullScreen = nullptr;
    QAction* resetLayout = nullptr;
    QMenu* view = nullptr;  ///< the docks' own entries are added to it
    // Help
    QAction* keyMap = nullptr;
    QAction* about = nullptr;
};

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
