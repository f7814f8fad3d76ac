#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"
#include "engine/trace/trace_file.h"

#include <QLockFile>
#include <QString>
#include <QStringList>

#include <memory>

namespace crystallite {

/// A run that is being written to the journal folder while it happens. The file outlives this object: it is removed by removeJournal()
/// once its run is saved or given up, and found by abandonedJournals() after a crash. One thread.
class RunJournal {
public:
    /// Starts a file of a new name in `folder`, which is made when missing.
    static Result<std::unique_ptr<RunJournal>> begin(const QString& folder, const Trace& trace);

    Result<void> appendLast(const Trace& trace);
    Result<void> finish(RunStatus status);
    [[nodiscard]] const QString& path() const { return path_; }

private:
    RunJournal(QString path, std::unique_ptr<TraceWriter> writer);

    QString path_;
    std::unique_ptr<TraceWriter> writer_;
};

/// Marks the journals of one process as alive, so that a second window does not take them for the remains of a crash. A process that
/// dies leaves a lock that QLockFile recognises as stale.
class JournalOwner {
public:
    explicit JournalOwner(const QString& folder);
    ~JournalOwner();
    JournalOwner(const JournalOwner&) = delete;
    JournalOwner& operator=(const JournalOwner&) = delete;
    /// A folder of this process inside the journal folder.
    [[nodiscard]] const QString& folder() const { return folder_; }
    /// Runs that processes which are no longer alive left behind, newest first.
    [[nodiscard]] QStringList abandonedJournals() const;

private:
    QString root_;
    QString folder_;
    std::unique_ptr<QLockFile> lock_;
};

/// Removes a journal file and its folder when that is empty; a file that is already gone is fine.
void removeJournal(const QString& path);

}  // namespace crystallite
