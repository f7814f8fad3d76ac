#pragma once

#include "app/log_lines.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace crystallite {

class LogFile;

/// The log of this process as it is written: by level, by words, to copy, and the way to its files.
class LogDialog : public QDialog {
    Q_OBJECT
public:
    /// `log` is borrowed; nullptr: this process keeps none, and the dialog says so.
    explicit LogDialog(LogFile* log, QWidget* parent = nullptr);

    /// What is shown, one message per line.
    [[nodiscard]] QString shownText() const;

private:
    void setupFilters();
    void setupButtons();
    void refresh();
    void append(const LogLine& line);
    void tellProblem();
    [[nodiscard]] LogLevel level() const;

    LogFile* log_;
    uint64_t last_ = 0;  ///< number of the newest line that was considered
    QComboBox* level_ = nullptr;
    QLineEdit* words_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    QLabel* problem_ = nullptr;
};

}  // namespace crystallite
