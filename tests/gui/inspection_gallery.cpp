// Draws the inspectors, the search and the run's information over a synthetic run, to be looked at: inspection_gallery FOLDER. The density
// is QT_SCALE_FACTOR's.

#include "app/canvas/graphics_api.h"
#include "app/engine_worker.h"
#include "app/inspector.h"
#include "app/inspector_docks.h"
#include "app/main_window.h"
#include "app/run_info_dialog.h"
#include "app/run_library.h"
#include "app/search_panel.h"
#include "app/shell_style.h"
#include "tests/gui/fake_engine.h"
#include "tests/support/synthetic_trace.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace crystallite;

namespace {

bool save(QWidget& shown, const QString& folder, const char* name) {
    QTest::qWait(300);
    return shown.grab().save(QStringLiteral("%1/%2@%3x.png").arg(folder, QLatin1String(name)).arg(shown.devicePixelRatioF()));
}

bool drawAll(MainWindow& window, const QString& folder, bool dark) {
    const auto named = [dark](const char* name) { return (dark ? "dark-" : "light-") + std::string(name); };
    (dark ? window.actions().themeDark : window.actions().themeLight)->trigger();
    RunDocument& document = window.document();
    document.reset(testing::syntheticTrace({.length = 72, .steps = 36, .finishedSteps = 36, .remasks = true}), false);
    document.setFrame(18);
    document.selectSlot(31);
    bool saved = save(window, folder, named("masked").c_str());
    document.selectSlot(document.trace().record(7).events.front().position);
    saved = save(window, folder, named("token").c_str()) && saved;
    saved = save(window.inspector(), folder, named("token-whole").c_str()) && saved;
    window.actions().newInspector->trigger();
    document.selectSlot(40);
    saved = save(window, folder, named("two").c_str()) && saved;
    window.actions().find->trigger();
    window.searchPanel().findChild<QLineEdit*>()->setText(QStringLiteral("bird"));
    QTest::qWait(500);
    window.actions().findNext->trigger();
    saved = save(window, folder, named("search").c_str()) && saved;
    window.actions().runInformation->trigger();
    saved = save(window.runInformation(), folder, named("run").c_str()) && saved;
    window.runInformation().hide();
    window.actions().resetLayout->trigger();
    return saved;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QTemporaryDir scratch;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, scratch.path());
    setupApplicationStyle(application);
    chooseGraphicsApi();
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: inspection_gallery FOLDER\n");
        return 2;
    }
    EngineWorker worker([] { return std::make_unique<testing::FakeEngine>(testing::FakeScript{}); }, scratch.path());
    RunLibrary library(scratch.filePath(QStringLiteral("history.crystal")));
    MainWindow window(worker, library, {});
    window.resize(1440, 900);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) {
        return 1;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const bool dark = drawAll(window, folder, true);
    return drawAll(window, folder, false) && dark ? 0 : 1;
}
