#include "app/open_paths.h"

#include "app/main_window.h"
#include "app/model_path.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace crystallite {

void openPath(MainWindow& window, const QString& path) {
    if (const QString model = modelPathOf(path); !model.isEmpty()) {
        window.openModel(model);
    } else {
        window.files().open(path);
    }
}

void openPaths(MainWindow& window, const QStringList& paths) {
    for (qsizetype i = 1; i < paths.size(); ++i) {
        // A window shows one run, and an engine computes one at a time: another window is another process.
        QProcess::startDetached(QCoreApplication::applicationFilePath(),
                                {QStringLiteral("--new-window"), QStringLiteral("--"), QFileInfo(paths[i]).absoluteFilePath()});
    }
    if (!paths.isEmpty()) {
        openPath(window, paths.front());
    }
}

void showAgain(MainWindow& window) {
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

}  // namespace crystallite
