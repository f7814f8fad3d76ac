#pragma once

#include <QStringList>

namespace crystallite {

class MainWindow;

/// A model is shown before it is loaded, everything else is opened as a trace.
void openPath(MainWindow& window, const QString& path);
/// The first in this window, every other one in a window of its own.
void openPaths(MainWindow& window, const QStringList& paths);
/// In front of the others, also when it was minimised.
void showAgain(MainWindow& window);

}  // namespace crystallite
