#pragma once

#include "app/key_guard.h"
#include "app/main_window.h"
#include "app/run_library.h"
#include "tests/gui/worker_fixture.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

#include <memory>

namespace crystallite::testing {

/// The real window around an engine of the test's choice, shown, active, and with dialogs that the test answers.
class MainWindowTest : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    void TearDown() override;

    /// Shows the window and waits until its model is loaded.
    void open(const EngineWorker::MakeDoor& makeDoor);
    void open(const FakeScript& script);
    /// Runs the prompt with the keyboard and waits for the end.
    void runToTheEnd(uint32_t length = 16, uint32_t steps = 8);
    void prepareRun(uint32_t length, uint32_t steps);
    /// Presses a key where the focus is.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    [[nodiscard]] QString file(const char* name) const { return folder_.filePath(QLatin1String(name)); }
    [[nodiscard]] RunDocument& document() { return window_->document(); }

    QTemporaryDir folder_;
    QString fileToOpen_;
    QString fileToSave_;
    QString modelFile_;
    QString modelFolder_;
    FileQuestions::Unsaved unsavedAnswer_ = FileQuestions::Unsaved::Discard;
    int unsavedQuestions_ = 0;
    KeyGuard guard_;
    /// Waits until the history holds so many runs, and gives them newest first.
    [[nodiscard]] std::vector<RunEntry> historyOf(size_t runs);

    int64_t now_ = RunLibrary::systemClock()();  ///< of the history; the window's own clock goes on
    int deleteQuestions_ = 0;
    bool deleteAnswer_ = false;
    std::unique_ptr<RunLibrary> library_;
    std::unique_ptr<RunningWorker> worker_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace crystallite::testing
