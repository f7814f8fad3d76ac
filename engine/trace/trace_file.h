#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <memory>

namespace crystallite {

/// Appends a run to an SQLite trace file as it happens: each finished step is one committed transaction, so that a crash loses at most
/// the step in flight. One writer per file, any thread, one at a time.
class TraceWriter {
public:
    /// Creates the file; an existing file is replaced only when it is a trace of ours. Io when the place cannot be written.
    static Result<std::unique_ptr<TraceWriter>> create(const std::filesystem::path& path, const Trace& trace);
    ~TraceWriter();
    TraceWriter(const TraceWriter&) = delete;
    TraceWriter& operator=(const TraceWriter&) = delete;

    /// Writes the trace's last record and the pieces it brought.
    Result<void> appendLast(const Trace& trace);
    Result<void> finish(RunStatus status);
    [[nodiscard]] const std::filesystem::path& path() const;

private:
    struct State;
    explicit TraceWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Writes a whole trace beside `path` and moves it into place, so that a failure leaves the old file.
Result<void> saveTrace(const std::filesystem::path& path, const Trace& trace);

/// Replaces the bookmarks of a trace file that lies on disk, also one that a TraceWriter of the same thread is appending to. Those behind
/// the last step of the file are left out. A file of an older format is written anew, so nothing may be appending to it.
Result<void> rewriteBookmarks(const std::filesystem::path& path, const std::vector<Bookmark>& bookmarks);

/// Reads and checks a trace. A run whose process died reads as Stopped with every finished step.
Result<Trace> readTrace(const std::filesystem::path& path);

}  // namespace crystallite
