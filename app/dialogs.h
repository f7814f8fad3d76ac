#pragma once

#include "app/trace_files.h"

class QMainWindow;
class QWidget;

namespace crystallite {

/// Questions asked by the desktop's own dialogs, over whichever window is active.
[[nodiscard]] FileQuestions dialogQuestions();
/// Empty: given up.
[[nodiscard]] QString modelFileByDialog(QWidget* parent);

void showKeyMap(QMainWindow& window);
void showAboutBox(QMainWindow& window);
void copyToClipboard(const QString& text);

}  // namespace crystallite
