#include "app/app_options.h"
#include "app/canvas/graphics_api.h"
#include "app/dialogs.h"
#include "app/engine_worker.h"
#include "app/icons.h"
#include "app/key_guard.h"
#include "app/main_window.h"
#include "app/prompt_panel.h"
#include "app/run_journal.h"
#include "app/screenshot_run.h"
#include "app/shell_style.h"

#include "engine/base/result.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>
#include <QThread>

#include <cstdio>

namespace crystallite {
namespace {

constexpr int kExitWrongUse = 2;

void print(FILE* stream, const QString& text) {
    std::fputs(text.toLocal8Bit().constData(), stream);
}

void nameApplication() {
    QCoreApplication::setOrganizationName(QStringLiteral("crystallite"));
    QCoreApplication::setApplicationName(QStringLiteral("crystallite"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CRYSTALLITE_VERSION));
}

/// Reads the command line before a display is needed. Qt's own options (-platform, -style) are left to QApplication.
Result<AppOptions> readCommandLine(int argc, char** argv) {
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments << QString::fromLocal8Bit(argv[index]);
    }
    return parseOptions(arguments);
}

int takeScreenshots(MainWindow& window, const QString& folder) {
    ScreenshotRun pictures(window, folder);
    const auto files = pictures.perform();
    if (!files) {
        print(stderr, QStringLiteral("crystallite: %1\n").arg(QString::fromStdString(files.error().message)));
        return EXIT_FAILURE;
    }
    print(stdout, files->join(QLatin1Char('\n')) + QLatin1Char('\n'));
    return EXIT_SUCCESS;
}

void openAtStart(MainWindow& window, const AppOptions& options, const JournalOwner& journals) {
    if (!options.trace.isEmpty()) {
        window.files().open(options.trace);
    } else if (options.screenshots.isEmpty()) {
        window.offerRestore(journals.abandonedJournals());
    }
}

int runApplication(int argc, char** argv, const AppOptions& options) {
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.crystallite.Crystallite"));
    setupApplicationStyle(application);
    QApplication::setWindowIcon(applicationIcon());
    chooseGraphicsApi();
    KeyGuard keys;
    application.installEventFilter(&keys);

    const JournalOwner journals(
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath(QStringLiteral("journal")));
    QThread inference;
    auto* worker = new EngineWorker(makeEngineDoor, journals.folder());
    worker->moveToThread(&inference);
    QObject::connect(&inference, &QThread::finished, worker, &QObject::deleteLater);
    inference.start();

    int status = EXIT_SUCCESS;
    {
        MainWindow window(*worker, dialogQuestions());
        window.promptPanel().setPrompt(options.prompt);
        window.promptPanel().setSeed(options.seed);
        if (!options.theme.isEmpty()) {
            window.setThemeChoice(options.theme == QStringLiteral("dark") ? ThemeChoice::Dark : ThemeChoice::Light);
        }
        window.loadModel({.model = options.model.toStdString(), .device = options.device.toStdString()});
        openAtStart(window, options, journals);
        window.show();
        status = options.screenshots.isEmpty() ? QApplication::exec() : takeScreenshots(window, options.screenshots);
        worker->stop();
    }
    inference.quit();
    inference.wait();
    return status;
}

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    using namespace crystallite;
    nameApplication();
    const auto options = readCommandLine(argc, argv);
    if (!options) {
        print(stderr, QStringLiteral("crystallite: %1\n").arg(QString::fromStdString(options.error().message)));
        return kExitWrongUse;
    }
    if (!options->answerAndLeave.isEmpty()) {
        print(stdout, options->answerAndLeave);
        return EXIT_SUCCESS;
    }
    return runApplication(argc, argv, *options);
}
