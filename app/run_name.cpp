#include "app/run_name.h"

#include "app/conversions.h"

#include "engine/trace/trace.h"

#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kWordsInName = 4;
constexpr int kUniquePart = 8;
constexpr int kLongestStart = 60;  // file systems allow 255 bytes, and a character may take four
const QString kStamp = QStringLiteral("yyyyMMdd-HHmmss");
const QString kSuffix = QStringLiteral(".crystal");

}  // namespace

QString suggestedName(const TraceHeader& header) {
    static const QRegularExpression notAWord(QStringLiteral("[^\\p{L}\\p{N}]+"));
    const QStringList words = toQString(header.prompt).toLower().split(notAWord, Qt::SkipEmptyParts);
    const QString start =
        words.isEmpty() ? QStringLiteral("run") : words.mid(std::max<qsizetype>(0, words.size() - kWordsInName)).join(QLatin1Char('-'));
    return QStringLiteral("%1-seed-%2%3").arg(start.left(kLongestStart)).arg(header.settings.seed).arg(kSuffix);
}

QString journalName(const TraceHeader& header, const QDateTime& begun) {
    const QString unique = QUuid::createUuid().toString(QUuid::WithoutBraces).left(kUniquePart);
    return QStringLiteral("%1-%2-%3").arg(begun.toUTC().toString(kStamp), unique, suggestedName(header));
}

}  // namespace crystallite
