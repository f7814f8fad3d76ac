#include "app/app_options.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/graphics_api.h"
#include "app/dialogs.h"
#include "app/engine_worker.h"
#include "app/export/export_command.h"
#include "app/icons.h"
#include "app/key_guard.h"
#include "app/log_file.h"
#include "app/main_window.h"
#include "app/open_paths.h"
#include "app/prompt_panel.h"
#include "app/run_journal.h"
#include "app/run_library.h"
#include "app/screenshot_run.h"
#include "app/session_log.h"
#include "app/shell_style.h"
#include "app/single_instance.h"
#include "app/translations.h"
#ifdef CRYSTALLITE_PORTAL
#include "app/dbus_desktop.h"
#include "app/settings_portal.h"
#endif

#include "engine/base/result.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>

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

QStringList argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments << QString::fromLocal8Bit(argv[index]);
    }
    return arguments;
}

/// An export draws through the painter path: it needs fonts, and neither a display nor a GPU.
int runExport(int argc, char** argv) {
    const QStringList arguments = argumentsOf(argc, argv);
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        print(stdout, exportHelp().replace(QStringLiteral("<executable_name>"), QCoreApplication::applicationName()));
        return EXIT_SUCCESS;
    }
    const auto command = parseExportCommand(arguments);
    if (!command) {
        print(stderr, QStringLiteral("crystallite: %1\n").arg(QString::fromStdString(command.error().message)));
        return kExitWrongUse;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    return runExportCommand(*command);
}

/// Without a display server Qt would abort the process, after a list of its plugins.
bool canShowAWindow([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    const bool choosesPlatform =
        std::any_of(argv + 1, argv + argc, [](const char* argument) { return std::string_view(argument).starts_with("-platform"); });
    return choosesPlatform || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

ModelRequest requestOf(const AppOptions& options) {
    return {.model = options.model.toStdString(), .device = options.device.toStdString()};
}

int takeScreenshots(MainWindow& window, const AppOptions& options) {
    QStringList themes;
    if (options.theme == kEveryTheme) {
        themes = themeNames();
    }
    ScreenshotRun pictures(window, {.folder = options.screenshots, .themes = themes, .model = requestOf(options)});
    const auto files = pictures.perform();
    if (!files) {
        print(stderr, QStringLiteral("crystallite: %1\n").arg(QString::fromStdString(files.error().message)));
        return EXIT_FAILURE;
    }
    print(stdout, files->join(QLatin1Char('\n')) + QLatin1Char('\n'));
    return EXIT_SUCCESS;
}

/// A desktop without a session bus has no portal to ask, and Qt would start a bus for the question.
std::unique_ptr<QObject> followDesktop([[maybe_unused]] MainWindow& window) {
#ifdef CRYSTALLITE_PORTAL
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        auto portal = std::make_unique<SettingsPortal>(QDBusConnection::sessionBus());
        window.look().follow(portal.get());
        return portal;
    }
#endif
    return nullptr;
}

/// No sleep while a run lasts, and a word at its end.
void behaveWell([[maybe_unused]] MainWindow& window) {
#ifdef CRYSTALLITE_PORTAL
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        auto* desktop = new DBusDesktop(QDBusConnection::sessionBus(), &window);
        new RunManners(
            window.document(), *desktop, [] { return QGuiApplication::applicationState() == Qt::ApplicationActive; }, desktop);
    }
#endif
}

void openAtStart(MainWindow& window, const AppOptions& options, const JournalOwner& journals) {
    if (!options.paths.isEmpty()) {
        openPaths(window, options.paths);
    }
    if (options.screenshots.isEmpty()) {
        window.library().recover(journals.abandonedJournals());
        window.library().dropExpired();
    }
}

int runApplication(int argc, char** argv, const AppOptions& options) {
    // 1.25 and 1.5 stay what they are: the canvas and its glyphs are made for every ratio.
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    if (options.scale != 0.0) {
        qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    }
    QApplication application(argc, argv);
    // Pictures do not depend on what somebody chose here before, and choose nothing.
    const QTemporaryDir noSettings;
    if (!options.screenshots.isEmpty()) {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, noSettings.path());
    }
    installTranslations(application,
                        options.language.isEmpty() && !options.screenshots.isEmpty() ? QStringLiteral("en") : options.language);
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.crystallite.Crystallite"));
    setupApplicationStyle(application);
    QApplication::setWindowIcon(applicationIcon());
    chooseGraphicsApi();
    KeyGuard keys;
    application.installEventFilter(&keys);

    SingleInstance instance(SingleInstance::usualSocket());
    if (!options.newWindow && instance.start(options.paths) == SingleInstance::Role::HandedOver) {
        return EXIT_SUCCESS;
    }
    LogFile log(options.screenshots.isEmpty() ? LogFile::usualFolder() : noSettings.path());
    log.install();
    logStart();
    const JournalOwner journals(
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath(QStringLiteral("journal")));
    RunLibrary library(libraryPath());
    QThread inference;
    auto* worker = new EngineWorker(makeEngineDoor, journals.folder());
    worker->moveToThread(&inference);
    QObject::connect(&inference, &QThread::finished, worker, &QObject::deleteLater);
    inference.start();

    int status = EXIT_SUCCESS;
    {
        QObject session;
        logSession(*worker, session);
        MainWindow window(*worker, library, dialogQuestions());
        const auto portal = followDesktop(window);
        behaveWell(window);
        QObject::connect(&instance, &SingleInstance::asked, &window, [&window](const QStringList& paths) {
            showAgain(window);
            openPaths(window, paths);
        });
        window.promptPanel().setPrompt(options.prompt);  // empty until the model offers its sample
        window.promptPanel().setSeed(options.seed);
        window.look().setChoices(choicesOver(window.look().choices(), options));
        window.loadModel(requestOf(options));
        openAtStart(window, options, journals);
        // Where somebody begins: to look, or to write.
        window.document().isEmpty() ? window.promptPanel().focusPrompt() : window.canvas().setFocus();
        window.show();
        window.activateWindow();  // a display without a window manager gives the keys to nobody by itself
        status = options.screenshots.isEmpty() ? QApplication::exec() : takeScreenshots(window, options);
    }
    // After what is queued for the worker, which ends its run; the history takes that before it goes itself.
    QMetaObject::invokeMethod(
        worker, [&inference] { inference.quit(); }, Qt::QueuedConnection);
    inference.wait();
    return status;
}

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    using namespace crystallite;
    nameApplication();
    if (asksForExport(argumentsOf(argc, argv))) {
        return runExport(argc, argv);
    }
    const auto options = parseOptions(argumentsOf(argc, argv));  // before a display is needed; Qt's own options are QApplication's
    if (!options) {
        print(stderr, QStringLiteral("crystallite: %1\n").arg(QString::fromStdString(options.error().message)));
        return kExitWrongUse;
    }
    if (!options->answerAndLeave.isEmpty()) {
        print(stdout, options->answerAndLeave);
        return EXIT_SUCCESS;
    }
    if (!canShowAWindow(argc, argv)) {
        print(stderr,
              QStringLiteral("crystallite: there is no display (DISPLAY and WAYLAND_DISPLAY are not set); start it in a desktop session, "
                             "under xvfb-run, or use crystallite-cli.\n"));
        return kExitWrongUse;
    }
    return runApplication(argc, argv, *options);
}
