#pragma once

#include "app/log_lines.h"

#include <QObject>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace crystallite {

/// The log of the program in a folder: crystallite.log, and what was before it in crystallite.1.log and so on. Messages are taken on any
/// thread and written on one of its own, so that nobody waits for a disk. Several processes may share a folder.
class LogFile : public QObject {
    Q_OBJECT
public:
    struct Limits {
        int64_t bytes = 1 << 20;  ///< of one file, before the next begins; a file is larger by what is written at once
        int files = 4;            ///< at most, with the one that is being written; at least 1
        size_t lines = 5000;      ///< in memory, for the viewer
    };

    explicit LogFile(QString folder) : LogFile(std::move(folder), Limits()) {}
    LogFile(QString folder, Limits limits);
    /// Writes what is left.
    ~LogFile() override;

    /// $XDG_STATE_HOME/crystallite on Unix, the program's local data elsewhere.
    [[nodiscard]] static QString usualFolder();
    /// What Qt's messages go to; nullptr: as Qt has it.
    [[nodiscard]] static LogFile* installed();
    /// Qt's messages go here from now on, and to the standard error as before. Until this is destroyed; one at a time.
    void install();

    void add(LogLine line);
    /// Returns when everything so far is on disk, or could not be written.
    void flush();

    [[nodiscard]] QString folder() const { return folder_; }
    [[nodiscard]] QString path() const { return pathOf(0); }
    /// The newest lines of this process, oldest first.
    [[nodiscard]] std::deque<LogLine> lines() const;
    /// A sentence when the last lines could not be written (a full disk, a folder that is a file); empty: all is well.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// On whichever thread wrote the line.
    void added(const crystallite::LogLine& line);

private:
    [[nodiscard]] QString pathOf(int age) const;
    void writeAll();
    [[nodiscard]] QString write(const QByteArray& bytes) const;
    void rotate() const;

    const QString folder_;
    const Limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<LogLine> lines_;
    uint64_t count_ = 0;
    QByteArray waiting_;
    bool isWriting_ = false;
    bool isEnding_ = false;
    QString problem_;
    std::thread writer_;
};

}  // namespace crystallite

Q_DECLARE_METATYPE(crystallite::LogLine)
