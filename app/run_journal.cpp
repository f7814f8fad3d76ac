#include "app/run_journal.h"

#include "app/conversions.h"
#include "app/run_name.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr const char* kLockName = "owner.lock";

QString uniqueName() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool isAlive(const QString& folder) {
    QLockFile lock(QDir(folder).filePath(QLatin1String(kLockName)));
    lock.setStaleLockTime(0);
    // Taking it also clears a stale one; it is released at the end of this scope.
    return !lock.tryLock(0);
}

}  // namespace

Result<std::unique_ptr<RunJournal>> RunJournal::begin(const QString& folder, const Trace& trace) {
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::Io, "the folder " + folder.toStdString() + " cannot be made"};
    }
    const QString path = QDir(folder).filePath(journalName(trace.header(), QDateTime::currentDateTimeUtc()));
    auto writer = TraceWriter::create(toPath(path), trace);
    if (!writer) {
        return writer.error();
    }
    return std::unique_ptr<RunJournal>(new RunJournal(path, std::move(*writer)));
}

RunJournal::RunJournal(QString path, std::unique_ptr<TraceWriter> writer) : path_(std::move(path)), writer_(std::move(writer)) {}

Result<void> RunJournal::appendLast(const Trace& trace) {
    return writer_->appendLast(trace);
}

Result<void> RunJournal::finish(RunStatus status) {
    return writer_->finish(status);
}

JournalOwner::JournalOwner(const QString& folder) : root_(folder), folder_(QDir(folder).filePath(uniqueName())) {
    QDir().mkpath(folder_);
    lock_ = std::make_unique<QLockFile>(QDir(folder_).filePath(QLatin1String(kLockName)));
    lock_->setStaleLockTime(0);
    lock_->tryLock(0);
}

JournalOwner::~JournalOwner() {
    lock_.reset();
    QDir().rmdir(folder_);  // stays when a journal is in it
}

QStringList JournalOwner::abandonedJournals() const {
    QFileInfoList files;
    for (const QFileInfo& owner : QDir(root_).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (owner.absoluteFilePath() == QFileInfo(folder_).absoluteFilePath() || isAlive(owner.absoluteFilePath())) {
            continue;
        }
        files += QDir(owner.absoluteFilePath()).entryInfoList({QStringLiteral("*.crystal")}, QDir::Files);
    }
    std::sort(files.begin(), files.end(), [](const QFileInfo& a, const QFileInfo& b) { return a.lastModified() > b.lastModified(); });
    QStringList paths;
    for (const QFileInfo& file : files) {
        paths << file.absoluteFilePath();
    }
    return paths;
}

void removeJournal(const QString& path) {
    if (path.isEmpty()) {
        return;
    }
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
        QFile::remove(path + QLatin1String(suffix));
    }
    QDir().rmdir(QFileInfo(path).absolutePath());
}

}  // namespace crystallite
