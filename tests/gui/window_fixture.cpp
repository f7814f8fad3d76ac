#include "tests/gui/window_fixture.h"

#include "app/canvas/canvas_widget.h"
#include "app/prompt_panel.h"
#include "app/shell_style.h"

#include <QAction>
#include <QApplication>
#include <QSettings>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

}  // namespace

void MainWindowTest::SetUpTestSuite() {
    QCoreApplication::setOrganizationName(QStringLiteral("crystallite-test"));
    QCoreApplication::setApplicationName(QStringLiteral("crystallite-test"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    setupApplicationStyle(*qApp);
}

void MainWindowTest::open(const EngineWorker::MakeDoor& makeDoor) {
    // Each test has settings and answers of its own, so that none depends on another.
    qputenv("XDG_DATA_HOME", folder_.path().toLocal8Bit());
    if (!qEnvironmentVariableIsSet("MESA_SHADER_CACHE_DIR")) {
        qputenv("MESA_SHADER_CACHE_DIR",
                QDir::temp().filePath(QStringLiteral("crystallite-test-shaders")).toLocal8Bit());  // outlives a test
    }
    qputenv("XDG_CACHE_HOME", folder_.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    qApp->installEventFilter(&guard_);
    library_ = std::make_unique<RunLibrary>(file("history.crystal"), [this] { return now_; });
    worker_ = std::make_unique<RunningWorker>(makeDoor, folder_.filePath(QStringLiteral("journal")));
    const FileQuestions questions{.fileToOpen = [this] { return fileToOpen_; },
                                  .fileToSave = [this](const QString&) { return fileToSave_; },
                                  .fileToExport = [this](const QString&, const QString&) { return fileToSave_; },
                                  .unsavedRun =
                                      [this] {
                                          ++unsavedQuestions_;
                                          return unsavedAnswer_;
                                      },
                                  .modelFile = [this] { return modelFile_; },
                                  .modelFolder = [this] { return modelFolder_; },
                                  .deleteForGood =
                                      [this](const QString&) {
                                          ++deleteQuestions_;
                                          return deleteAnswer_;
                                      },
                                  .presetsToRead = [this] { return fileToOpen_; },
                                  .presetsToWrite = [this] { return fileToSave_; }};
    window_ = std::make_unique<MainWindow>(**worker_, *library_, questions);
    window_->promptPanel().setPrompt(QStringLiteral("Once upon a time"));
    window_->show();
    QApplication::setActiveWindow(window_.get());
    ASSERT_TRUE(QTest::qWaitForWindowExposed(window_.get()));
    window_->loadModel({});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    window_->canvas().setFocus();
}

void MainWindowTest::open(const FakeScript& script) {
    open([script] { return std::make_unique<FakeEngine>(script); });
}

void MainWindowTest::TearDown() {
    window_.reset();
    worker_.reset();
    library_.reset();
    qApp->removeEventFilter(&guard_);
}

std::vector<RunEntry> MainWindowTest::historyOf(size_t runs) {
    std::vector<RunEntry> entries;
    const auto isThere = [&] {
        // A reader of its own, as another program would be.
        auto history = LibraryFile::open(file("history.crystal").toStdString());
        auto listed = history ? history->list("", false) : Result<std::vector<RunEntry>>(history.error());
        entries = listed ? std::move(*listed) : std::vector<RunEntry>();
        return entries.size() == runs;
    };
    EXPECT_TRUE(QTest::qWaitFor(isThere, kPatienceMs)) << "the history holds " << entries.size() << " runs";
    return entries;
}

void MainWindowTest::prepareRun(uint32_t length, uint32_t steps) {
    window_->promptPanel().setSettings({.length = length, .steps = steps, .seed = 1});
    ASSERT_TRUE(window_->actions().run->isEnabled()) << window_->promptPanel().problem().toStdString();
}

void MainWindowTest::runToTheEnd(uint32_t length, uint32_t steps) {
    prepareRun(length, steps);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document().isLive() && document().trace().steps() == steps; }, kPatienceMs));
}

void MainWindowTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QWidget* focused = QApplication::focusWidget();
    QTest::keyClick(focused != nullptr ? focused : window_.get(), key, modifiers);
}

}  // namespace crystallite::testing
