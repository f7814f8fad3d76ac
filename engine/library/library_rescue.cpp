#include "engine/library/library_file.h"
#include "engine/library/library_state.h"
#include "engine/trace/trace_rows.h"

#include <limits>
#include <system_error>

#ifndef _WIN32
#include <sys/stat.h>
#endif

namespace crystallite {
namespace {

struct DamagedRun {
    int64_t run = 0;
    int64_t format = 0;
    std::string id;
    RunSource source = RunSource::Ended;
    int64_t created = 0;
    int64_t trashed = 0;
    std::string title;
    std::string note;
};

Error moveError(const std::filesystem::path& path, const std::error_code& reason) {
    return {.kind = ErrorKind::Io,
            .message = "The history " + quotedPath(path) + " is damaged and could not be set aside (" + reason.message() +
                       "); move it away yourself."};
}

/// As far as they can be read; the end of what can be read is no error here.
std::vector<DamagedRun> readableEntries(Database& database) {
    std::vector<DamagedRun> entries;
    Result<Statement> select =
        database.prepare("SELECT run, format, id, source, created, trashed, title, note FROM entry WHERE key > ? ORDER BY key");
    if (!select) {
        return entries;
    }
    select->bind(std::numeric_limits<int64_t>::min());
    for (Result<bool> more = select->next(); more && *more; more = select->next()) {
        entries.push_back({.run = select->integer(0),
                           .format = select->integer(1),
                           .id = select->text(2),
                           .source = select->integer(3) == static_cast<int64_t>(RunSource::Recovered) ? RunSource::Recovered : RunSource::Ended,
                           .created = select->integer(4),
                           .trashed = select->integer(5),
                           .title = select->text(6),
                           .note = select->text(7)});
    }
    return entries;
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
    for (const DamagedRun& entry : readableEntries(*damaged)) {
        if (entry.run != 0) {
            ++(copyRun(*damaged, aside, entry, *fresh, now) ? rescued.saved : rescued.lost);
        }
    }
    return rescued;
}

}  // namespace crystallite
