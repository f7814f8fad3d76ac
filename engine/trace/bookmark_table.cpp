#include "engine/trace/bookmark_table.h"

#include "engine/trace/trace_file.h"
#include "engine/trace/trace_row.h"
#include "engine/trace/trace_schema.h"

#include <utility>

namespace crystallite {

namespace {

/// The format of the file at `path`, of which only ours have one.
Result<int64_t> formatOf(Database& database, const std::filesystem::path& path) {
    if (inspectTraceFile(path) != FileClaim::Trace) {
        return Error{.kind = ErrorKind::Corrupt, .message = quotedPath(path) + " is not a Crystallite trace; choose another file."};
    }
    return database.queryInteger("PRAGMA user_version");
}

std::vector<Bookmark> within(std::vector<Bookmark> bookmarks, int64_t steps) {
    std::erase_if(bookmarks, [steps](const Bookmark& bookmark) { return bookmark.frame > steps; });
    return bookmarks;
}

}  // namespace

Result<void> insertBookmarks(Database& database, int64_t run, const std::vector<Bookmark>& bookmarks) {
    Result<Statement> insert = database.prepare("INSERT INTO bookmark(run, number, frame, position, note) VALUES(?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    uint32_t number = 0;
    for (const Bookmark& bookmark : bookmarks) {
        const int64_t position = bookmark.position ? int64_t{*bookmark.position} : kWithoutSlot;
        insert->bind(run).bind(++number).bind(bookmark.frame).bind(position).bind(std::string_view(bookmark.note));
        if (Result<void> inserted = insert->run(); !inserted) {
            return inserted;
        }
    }
    return {};
}

Result<void> readBookmarks(Database& database, const std::filesystem::path& path, int64_t format, int64_t run, Trace& trace) {
    if (format < 5) {
        return {};
    }
    // What is too long is not even read: its length says enough.
    Result<Statement> select = database.prepare(
        "SELECT frame, position, CASE WHEN length(CAST(note AS BLOB)) > ? THEN NULL ELSE note END FROM bookmark WHERE run = ?"
        " ORDER BY number LIMIT ?");
    if (!select) {
        return select.error();
    }
    select->bind(static_cast<int64_t>(kLongestNote)).bind(run).bind(static_cast<int64_t>(kMostBookmarks) + 1);
    std::vector<Bookmark> bookmarks;
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        TraceRow row(*select);
        Bookmark bookmark;
        bookmark.frame = row.unsigned32();
        bookmark.position = row.optionalUnsigned32(kWithoutSlot);
        bookmark.note = row.text();
        if (!row.sound()) {
            return corruptTrace(path, "a bookmark has the wrong type, range or length");
        }
        bookmarks.push_back(std::move(bookmark));
    }
    if (!more) {
        return more.error();
    }
    if (const std::string contradiction = findContradiction(bookmarks, trace.steps(), trace.slots()); !contradiction.empty()) {
        return corruptTrace(path, "it has " + contradiction);
    }
    trace.setBookmarks(std::move(bookmarks));
    return {};
}

Result<void> replaceBookmarks(Database& database, int64_t run, const std::vector<Bookmark>& bookmarks) {
    Result<Statement> count = database.prepare("SELECT count(*) FROM step WHERE run = ?");
    if (!count) {
        return count.error();
    }
    if (Result<bool> found = count->bind(run).next(); !found) {
        return found.error();
    }
    const int64_t steps = count->integer(0);
    Result<Statement> remove = database.prepare("DELETE FROM bookmark WHERE run = ?");
    if (!remove) {
        return remove.error();
    }
    if (Result<void> removed = remove->bind(run).run(); !removed) {
        return removed;
    }
    return insertBookmarks(database, run, within(bookmarks, steps));
}

Result<void> rewriteBookmarks(const std::filesystem::path& path, const std::vector<Bookmark>& bookmarks) {
    Result<Database> database = Database::open(path, Database::Access::Existing);
    if (!database) {
        return database.error();
    }
    Result<int64_t> format = formatOf(*database, path);
    if (!format) {
        return format.error();
    }
    if (*format == kTraceFormatVersion) {
        return database->transaction([&]() -> Result<void> {
            const Result<int64_t> run = database->queryInteger("SELECT coalesce(max(id), 0) FROM run");
            return run ? replaceBookmarks(*database, *run, bookmarks) : Result<void>(run.error());
        });
    }
    // A file without the table is written anew, in the format of today.
    Result<Trace> trace = readTrace(path);
    if (!trace) {
        return trace.error();
    }
    trace->setBookmarks(within(bookmarks, trace->steps()));
    return saveTrace(path, *trace);
}

}  // namespace crystallite
