#include "engine/library/library_file.h"
#include "engine/library/library_state.h"
#include "engine/trace/trace_rows.h"
#include "engine/trace/trace_schema.h"

#include <limits>
#include <map>
#include <string>
#include <system_error>

#ifndef _WIN32
#include <sys/stat.h>
#endif

namespace crystallite {
namespace {

struct DamagedRun {
    int64_t run = 0;
    int64_t format = 0;
    int64_t trashed = 0;
    RunSource source = RunSource::Ended;
    std::string title;
    std::string note;
};

Error moveError(const std::filesystem::path& path, const std::error_code& reason) {
    return {.kind = ErrorKind::Io,
            .message = "The history " + quotedPath(path) + " is damaged and could not be set aside (" + reason.message() +
                       "); move it away yourself."};
}

/// Adds the rows of `sql` that can be read, but for runs that are known already. What cannot be read ends it, which is no error here.
void collect(Database& damaged, const char* sql, std::map<int64_t, DamagedRun>& runs) {
    Result<Statement> select = damaged.prepare(sql);
    if (!select) {
        return;
    }
    for (Result<bool> more = select->next(); more && *more; more = select->next()) {
        const bool isRecovered = select->integer(3) == static_cast<int64_t>(RunSource::Recovered);
        runs.try_emplace(select->integer(0), DamagedRun{.run = select->integer(0),
                                                        .format = select->integer(1),
                                                        .trashed = select->integer(2),
                                                        .source = isRecovered ? RunSource::Recovered : RunSource::Ended,
                                                        .title = select->text(4),
                                                        .note = select->text(5)});
    }
}

/// Damage in the middle of a table hides what lies behind it: so from both ends, and last what has lost its entry.
std::map<int64_t, DamagedRun> readableRuns(Database& damaged) {
    std::map<int64_t, DamagedRun> runs;
    collect(damaged, "SELECT run, format, trashed, source, title, note FROM entry WHERE run != 0 ORDER BY key", runs);
    collect(damaged, "SELECT run, format, trashed, source, title, note FROM entry WHERE run != 0 ORDER BY key DESC", runs);
    const std::string alone = "SELECT id, " + std::to_string(kTraceFormatVersion) + ", 0, 0, '', '' FROM run ORDER BY id";
    collect(damaged, alone.c_str(), runs);
    collect(damaged, (alone + " DESC").c_str(), runs);
    return runs;
}

/// Whether the run is in `fresh` now.
bool copyRun(Database& damaged, const std::filesystem::path& aside, const DamagedRun& entry, LibraryFile& fresh, int64_t now) {
    const Result<Trace> trace = readTraceRows(damaged, aside, entry.format, entry.run);
    if (!trace || trace->header().id.empty() || !fresh.add(*trace, entry.source, now)) {
        return false;
    }
    const std::string& id = trace->header().id;
    // The run itself is what counts; a title that cannot be written is no reason to call it lost.
    static_cast<void>(fresh.setTitle(id, entry.title));
    static_cast<void>(fresh.setNote(id, entry.note));
    if (entry.trashed != 0) {
        static_cast<void>(fresh.trash({id}, entry.trashed));
    }
    return true;
}

/// As many as can be read; a chat is no run, and none is counted as lost.
void copyChats(Database& damaged, LibraryFile& fresh) {
    std::vector<ChatEntry> chats;
    static_cast<void>(readChats(damaged, std::numeric_limits<uint32_t>::max(), chats));
    for (const ChatEntry& chat : chats) {
        static_cast<void>(fresh.keepChat(chat));
    }
}

}  // namespace

FilePlace placeOf([[maybe_unused]] const std::filesystem::path& path) {
#ifndef _WIN32
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        return std::pair(static_cast<uint64_t>(status.st_dev), static_cast<uint64_t>(status.st_ino));
    }
#endif
    return std::nullopt;
}

Result<RescuedLibrary> rescueLibrary(const std::filesystem::path& path, const std::filesystem::path& aside, int64_t now) {
    // The journal first: with it alone SQLite finds no database to roll back, the other way round it would roll back the new one.
    for (const char* suffix : {"-journal", ""}) {
        std::filesystem::path from = path;
        std::filesystem::path to = aside;
        std::error_code failure;
        std::filesystem::rename(from += suffix, to += suffix, failure);
        if (failure && failure != std::errc::no_such_file_or_directory) {
            return moveError(path, failure);
        }
    }
    Result<LibraryFile> fresh = LibraryFile::open(path);
    if (!fresh) {
        return fresh.error();
    }
    RescuedLibrary rescued{.aside = aside};
    Result<Database> damaged = Database::open(aside, Database::Access::Existing);
    if (!damaged) {
        return rescued;
    }
    for (const auto& [run, entry] : readableRuns(*damaged)) {
        ++(copyRun(*damaged, aside, entry, *fresh, now) ? rescued.saved : rescued.lost);
    }
    copyChats(*damaged, *fresh);
    return rescued;
}

}  // namespace crystallite
