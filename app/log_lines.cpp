#include "app/log_lines.h"

#include <QDir>

#include <array>

namespace crystallite {
namespace {

/// Not translated: a log is read by whoever is sent it.
QString levelName(LogLevel level) {
    static const std::array kNames = {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"), QStringLiteral("error")};
    return kNames.at(static_cast<size_t>(level));
}

/// Without a home of one's own ("/", as some services have it) every path would match.
QString withoutHome(QString text) {
    const QString home = QDir::homePath();
    return home.size() > 1 ? text.replace(home + QLatin1Char('/'), QStringLiteral("~/")) : text;
}

}  // namespace

QString logText(const LogLine& line) {
    QString text = withoutHome(line.text);
    text.replace(QLatin1Char('\r'), QStringLiteral("\\r")).replace(QLatin1Char('\n'), QStringLiteral("\\n"));
    return QStringLiteral("%1 %2 %3").arg(line.time.toUTC().toString(Qt::ISODateWithMs), levelName(line.level), text);
}

bool isShownInLog(const LogLine& line, LogLevel level, const QString& words) {
    return line.level >= level && line.text.contains(words, Qt::CaseInsensitive);
}

QStringList shownLog(const std::deque<LogLine>& lines, LogLevel level, const QString& words) {
    QStringList shown;
    for (const LogLine& line : lines) {
        if (isShownInLog(line, level, words)) {
            shown << logText(line);
        }
    }
    return shown;
}

}  // namespace crystallite
