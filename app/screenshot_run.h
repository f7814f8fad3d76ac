#pragma once

#include "app/engine_door.h"
#include "engine/base/result.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QAction;
class QWidget;

namespace crystallite {

class MainWindow;

struct ScreenshotWishes {
    QString folder;      ///< made when it is not there
    QStringList themes;  ///< of themeNames(); empty: as the window is
    ModelRequest model;  ///< that the window was told to load
};

/// Drives a window through its states without a person, and leaves a picture of each in every wanted theme, and the trace of the first
/// run, in a folder: STATE-THEME.png, with the scale behind it where it is not 1.
class ScreenshotRun : public QObject {
    Q_OBJECT
public:
    ScreenshotRun(MainWindow& window, ScreenshotWishes wishes, QObject* parent = nullptr);

    /// Waits for the model, runs, takes the pictures. The names of the files, or why there are none.
    [[nodiscard]] Result<QStringList> perform();

private:
    // The canvas highlights a commit for 120 ms and then rests.
    static constexpr int kSettleMs = 400;

    [[nodiscard]] Result<void> takeBeforeTheRun();
    [[nodiscard]] Result<void> takeSampleRun();
    [[nodiscard]] Result<void> takeReplay();
    [[nodiscard]] Result<void> takeInspection();
    [[nodiscard]] Result<void> takeMeasurement();
    [[nodiscard]] Result<void> takeSearch();
    [[nodiscard]] Result<void> takeDialogs();
    [[nodiscard]] Result<void> takeHands();
    [[nodiscard]] Result<void> takeLargeText();
    [[nodiscard]] Result<void> takeRevisions();
    [[nodiscard]] Result<void> takeBoard();
    [[nodiscard]] Result<void> takeProblem();
    [[nodiscard]] Result<void> takeBatch();

    [[nodiscard]] Result<void> waitForModel();
    /// `meanwhile` is called once, when two fifths of the steps are there.
    [[nodiscard]] Result<void> runToTheEnd(const std::function<Result<void>()>& meanwhile = nullptr);
    /// What a picture is taken of, made visible; called anew for every theme.
    using Show = std::function<Result<QWidget*>()>;
    [[nodiscard]] Result<void> take(const char* state, int settleMs, const Show& show);
    [[nodiscard]] Result<void> take(const char* state);  ///< of the window as it is
    /// Of the dialog that `command` opens, which is closed again.
    [[nodiscard]] Result<void> takeDialog(const char* state, QAction& command);
    void wear(const QString& theme);
    void inspectAt(uint32_t frame);
    [[nodiscard]] uint32_t lastStep() const;
    [[nodiscard]] static Error failure(const QString& sentence);
    /// Runs the event loop for so long.
    static void letPass(int milliseconds);
    /// Runs the event loop until `holds`; false when it did not in time.
    [[nodiscard]] static bool waitUntil(const std::function<bool()>& holds);

    MainWindow& window_;
    ScreenshotWishes wishes_;
    QStringList files_;
};

}  // namespace crystallite
