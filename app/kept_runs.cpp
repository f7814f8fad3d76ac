#include "app/kept_runs.h"

#include "app/conversions.h"
#include "app/run_journal.h"

#include "engine/trace/trace_file.h"

#include <QDir>
#include <QFileInfo>

namespace crystallite {

QString keptFolderOf(const QString& journalFolder) {
    return journalFolder.isEmpty() ? QString() : QDir(QFileInfo(journalFolder).absolutePath()).filePath(QStringLiteral("kept"));
}

Result<void> keepRun(const QString& journal, const QString& keptFolder, int most) {
    if (QFileInfo(journal).absolutePath() == QFileInfo(keptFolder).absoluteFilePath()) {
        return {};
    }
    // A copy, not a move: a journal of a crash has a log beside it, and the two cannot change their place in one go.
    const auto trace = readTrace(toPath(journal));
    if (!trace) {
        return trace.error();
    }
    if (!QDir().mkpath(keptFolder)) {
        return Error{ErrorKind::Io, "the folder " + keptFolder.toStdString() + " cannot be made"};
    }
    const auto saved = saveTrace(toPath(QDir(keptFolder).filePath(QFileInfo(journal).fileName())), *trace);
    if (!saved) {
        return saved.error();
    }
    removeJournal(journal);
    for (const QString& old : keptRuns(keptFolder).mid(most)) {
        removeJournal(old);
    }
    return {};
}

QStringList keptRuns(const QString& keptFolder) {
    QStringList paths;
    if (keptFolder.isEmpty()) {
        return paths;  // QDir would take the current folder
    }
    // The names begin with the time.
    for (const QFileInfo& file : QDir(keptFolder).entryInfoList({QStringLiteral("*.crystal")}, QDir::Files, QDir::Name | QDir::Reversed)) {
        paths << file.absoluteFilePath();
    }
    return paths;
}

}  // namespace crystallite
