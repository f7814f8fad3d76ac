#include "engine/library/library_file.h"
#include "engine/library/library_state.h"
#include "engine/library/search_query.h"
#include "engine/trace/bookmark_table.h"
#include "engine/trace/trace_row.h"

#include <map>
#include <utility>

namespace crystallite {
namespace {

constexpr int64_t kWordsOfHit = 12;

/// Columns of `entry` in the order that readEntry() reads.
constexpr std::string_view kColumns =
    "entry.run, entry.id, parent, parent_step, source, file, created, trashed, status, steps, entry.title, entry.note, model, entry.prompt,"
    " length, planned_steps, block_length, temperature, seed, policy";

/// The row's run in the tables of the trace, 0 for none; nothing when a column is not what this program writes.
std::optional<int64_t> readEntry(TraceRow& row, RunEntry& entry) {
    const int64_t run = row.integer();
    entry.hasSteps = run != 0;
    entry.id = row.text();
    entry.parent = row.text();
    entry.parentStep = row.unsigned32();
    const uint32_t source = row.unsigned32();
    entry.file = row.text();
    entry.created = row.integer();
    entry.trashed = row.integer();
    const uint32_t status = row.unsigned32();
    entry.steps = row.unsigned32();
    for (std::string* text : {&entry.title, &entry.note, &entry.model, &entry.prompt}) {
        *text = row.text();
    }
    entry.length = row.unsigned32();
    entry.plannedSteps = row.unsigned32();
    entry.blockLength = row.unsigned32();
    entry.temperature = row.real();
    entry.seed = static_cast<uint64_t>(row.integer());
    entry.policy = row.text();
    if (!row.sound() || source > static_cast<uint32_t>(RunSource::File) || status > static_cast<uint32_t>(RunStatus::Failed)) {
        return std::nullopt;
    }
    entry.source = static_cast<RunSource>(source);
    entry.status = static_cast<RunStatus>(status);
    return run;
}

Error damagedEntry(const std::filesystem::path& path) {
    return {.kind = ErrorKind::Corrupt,
            .message = "The history " + quotedPath(path) + " is damaged: an entry has the wrong type or range."};
}

/// Bookmarks of every run at once: few runs have any.
Result<void> readEveryBookmark(Database& database, const std::map<int64_t, size_t>& places, std::vector<RunEntry>& entries) {
    Result<Statement> select = database.prepare("SELECT run, frame, position, note FROM bookmark ORDER BY run, number");
    if (!select) {
        return select.error();
    }
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        TraceRow row(*select);
        const auto place = places.find(row.integer());
        Bookmark bookmark;
        bookmark.frame = row.unsigned32();
        bookmark.position = row.optionalUnsigned32(kWithoutSlot);
        bookmark.note = row.text();
        if (place != places.end() && row.sound()) {
            entries[place->second].bookmarks.push_back(std::move(bookmark));
        }
    }
    return more ? Result<void>() : Result<void>(more.error());
}

Result<Statement> prepareList(Database& database, const std::string& query, bool trashed) {
    const std::string columns(kColumns);
    const std::string where = std::string(" WHERE trashed ") + (trashed ? "!= 0" : "= 0");
    const std::string order = " ORDER BY created DESC, key DESC";
    if (query.empty()) {
        return database.prepare("SELECT " + columns + ", '' FROM entry" + where + order);
    }
    Result<Statement> select = database.prepare("SELECT " + columns +
                                                ", snippet(entry_text, -1, ?, ?, '…', ?) FROM entry_text JOIN entry ON key = "
                                                "entry_text.rowid" +
                                                where + " AND entry_text MATCH ?" + order);
    if (select) {
        select->bind(std::string_view(&kHitBegin, 1)).bind(std::string_view(&kHitEnd, 1)).bind(kWordsOfHit).bind(std::string_view(query));
    }
    return select;
}

}  // namespace

Result<std::vector<RunEntry>> LibraryFile::list(std::string_view typed, bool trashed) {
    Database& database = state_->database;
    Result<Statement> select = prepareList(database, searchQuery(typed), trashed);
    if (!select) {
        return select.error();
    }
    std::vector<RunEntry> entries;
    std::map<int64_t, size_t> placeOfRun;
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        TraceRow row(*select);
        RunEntry entry;
        const std::optional<int64_t> run = readEntry(row, entry);
        entry.hit = row.text();
        if (!run || !row.sound()) {
            return damagedEntry(state_->path);
        }
        if (*run != 0) {
            placeOfRun.emplace(*run, entries.size());
        }
        entries.push_back(std::move(entry));
    }
    if (!more) {
        return more.error();
    }
    if (Result<void> read = readEveryBookmark(database, placeOfRun, entries); !read) {
        return read.error();
    }
    return entries;
}

}  // namespace crystallite
