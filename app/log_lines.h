#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <deque>

namespace crystallite {

enum class LogLevel { Debug, Info, Warning, Error };

/// One message of the program, of Qt or of the engine.
struct LogLine {
    QDateTime time;
    LogLevel level = LogLevel::Info;
    QString text;
    uint64_t number = 0;  ///< in this process, from 1; the log counts
};

/// "2026-03-01T10:20:30.123Z warning text": always one line of a file; the home folder is written as ~, because its name is a person's.
[[nodiscard]] QString logText(const LogLine& line);

/// The lines of at least `level` whose text contains `words`, whatever the case; oldest first.
[[nodiscard]] QStringList shownLog(const std::deque<LogLine>& lines, LogLevel level, const QString& words);
[[nodiscard]] bool isShownInLog(const LogLine& line, LogLevel level, const QString& words);

}  // namespace crystallite
