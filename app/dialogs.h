#pragma once

#include "app/trace_files.h"

class QMainWindow;

namespace crystallite {

/// Questions asked by the desktop's own dialogs, over whichever window is active.
[[nodiscard]] FileQuestions dialogQuestions();

void showKeyMap(QMainWindow& window);
/// What the program has written since it began.
void showLog(QMainWindow& window);
void showAboutBox(QMainWindow& window);
void copyToClipboard(const QString& text);

}  // namespace crystallite
