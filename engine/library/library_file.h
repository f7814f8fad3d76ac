#pragma once

#include "engine/base/result.h"
#include "engine/library/chat_entry.h"
#include "engine/library/run_entry.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The runs of a person in one SQLite file, which several processes may have open at once: every change is one transaction, and a process
/// that dies in it leaves the library as it was before. One thread. Times are milliseconds since 1970, UTC; runs are named by
/// TraceHeader::id, and one that is not there is no error.
class LibraryFile {
public:
    /// Creates it when it is missing. Unsupported: a newer program wrote it. Corrupt: no library, or a damaged one. Io: it cannot be
    /// opened.
    static Result<LibraryFile> open(const std::filesystem::path& path);
    ~LibraryFile();
    LibraryFile(LibraryFile&&) noexcept;
    LibraryFile& operator=(LibraryFile&&) noexcept;

    /// The runs that are not in the trash, or those that are, newest first. With `typed`, those with all of its words: in the title, the
    /// prompt, the answer, the note or those of bookmarks.
    Result<std::vector<RunEntry>> list(std::string_view typed, bool trashed);
    /// Adds a whole run, `trace.header().id` of which is not empty. One that is there already with at least as many steps stays: false. Its
    /// title, note and place stay in any case.
    Result<bool> add(const Trace& trace, RunSource source, int64_t now);
    /// Notes that the run was opened from `file`, which keeps its steps unless the library has them anyway.
    Result<void> refer(const Trace& trace, std::string_view file, int64_t now);
    /// NotFound: the run is not there, or only a reference to a file.
    Result<Trace> read(std::string_view id);

    Result<void> setTitle(std::string_view id, std::string_view title);
    Result<void> setNote(std::string_view id, std::string_view note);
    Result<void> setBookmarks(std::string_view id, const std::vector<Bookmark>& bookmarks);

    Result<void> trash(const std::vector<std::string>& ids, int64_t now);
    Result<void> restore(const std::vector<std::string>& ids);
    /// For good: the run and everything about it. Its branches stay.
    Result<void> remove(const std::vector<std::string>& ids);
    /// Removes for good what came into the trash before `time`; returns how many runs.
    Result<size_t> emptyTrash(int64_t time);

    /// Takes the place of what the chat of this id was. Runs that its turns name may be removed; their texts are in the turns.
    Result<void> keepChat(const ChatEntry& chat);
    /// The `most` that were changed last, newest first.
    Result<std::vector<ChatEntry>> chats(uint32_t most);

    /// Changes when another process has changed the library since this one last looked (sqlite.org/pragma.html#pragma_data_version).
    Result<int64_t> dataVersion();
    /// Whether SQLite finds the file damaged, as opposed to one run in it.
    bool isDamaged();
    /// False when another file has taken the place of the one that is open.
    [[nodiscard]] bool isInPlace() const;
    [[nodiscard]] const std::filesystem::path& path() const;

private:
    struct State;
    explicit LibraryFile(std::unique_ptr<State> state);
    Result<void> setText(std::string_view id, std::string_view text, const char* entrySql, const char* searchSql);
    Result<void> removeOne(std::string_view id);
    std::unique_ptr<State> state_;
};

/// A damaged library that was set aside.
struct RescuedLibrary {
    std::filesystem::path aside;  ///< where the damaged file lies now
    size_t saved = 0;             ///< runs that could be read and are in the new library
    size_t lost = 0;              ///< runs that could not
};

/// Moves the damaged file at `path` to `aside`, begins a new library in its place and copies every run that can still be read.
Result<RescuedLibrary> rescueLibrary(const std::filesystem::path& path, const std::filesystem::path& aside, int64_t now);

}  // namespace crystallite
