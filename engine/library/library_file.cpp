#include "engine/library/library_file.h"

#include "engine/library/library_schema.h"
#include "engine/library/library_state.h"
#include "engine/library/utc_time.h"
#include "engine/trace/bookmark_table.h"
#include "engine/trace/trace_rows.h"
#include "engine/trace/trace_schema.h"

#include <utility>

namespace crystallite {
namespace {

/// At most `most` bytes of `text`, without half a character at the end.
std::string_view start(std::string_view text, size_t most) {
    if (text.size() <= most) {
        return text;
    }
    size_t end = most;
    while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

std::string notesOf(const std::vector<Bookmark>& bookmarks) {
    std::string notes;
    for (const Bookmark& bookmark : bookmarks) {
        notes += bookmark.note + '\n';
    }
    return notes;
}

struct Known {
    int64_t key = 0;
    int64_t run = 0;  ///< 0: a reference
    uint32_t steps = 0;
};

/// Key 0 when there is no such run.
Result<Known> find(Database& database, std::string_view id) {
    Result<Statement> select = database.prepare("SELECT key, run, steps FROM entry WHERE id = ?");
    if (!select) {
        return select.error();
    }
    const Result<bool> found = select->bind(id).next();
    if (!found) {
        return found.error();
    }
    return *found ? Known{select->integer(0), select->integer(1), static_cast<uint32_t>(select->integer(2))} : Known{};
}

Result<void> change(Database& database, std::string_view sql, int64_t value, std::string_view id) {
    Result<Statement> update = database.prepare(sql);
    return update ? update->bind(value).bind(id).run() : Result<void>(update.error());
}

Result<void> changeText(Database& database, std::string_view sql, std::string_view text, int64_t key) {
    Result<Statement> update = database.prepare(sql);
    return update ? update->bind(text).bind(key).run() : Result<void>(update.error());
}

Result<void> insertText(Database& database, int64_t key, const Trace& trace) {
    Result<Statement> insert =
        database.prepare("INSERT INTO entry_text(rowid, title, prompt, answer, note, bookmarks) VALUES(?, '', ?, ?, '', ?)");
    if (!insert) {
        return insert.error();
    }
    return insert->bind(key)
        .bind(std::string_view(trace.header().prompt))
        .bind(std::string_view(trace.answerText(trace.steps(), "", true)))
        .bind(std::string_view(notesOf(trace.bookmarks())))
        .run();
}

Result<void> insertEntry(Database& database, const Trace& trace, RunSource source, int64_t now) {
    const TraceHeader& header = trace.header();
    const DecodeSettings& settings = header.settings;
    Result<Statement> insert = database.prepare(
        "INSERT INTO entry(run, format, id, parent, parent_step, source, file, created, trashed, status, steps, title, note, model, prompt,"
        " length, planned_steps, block_length, temperature, seed, policy)"
        " VALUES(0, 0, ?, ?, ?, ?, '', ?, 0, ?, ?, '', '', ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    insert->bind(std::string_view(header.id)).bind(std::string_view(header.origin ? header.origin->parent : std::string()));
    insert->bind(header.origin ? header.origin->step : 0U).bind(static_cast<uint32_t>(source));
    insert->bind(parseUtc(header.startedAt).value_or(now)).bind(static_cast<uint32_t>(trace.status())).bind(trace.steps());
    insert->bind(std::string_view(header.modelName)).bind(start(header.prompt, kLongestPromptShown)).bind(settings.length);
    insert->bind(settings.steps).bind(settings.blockLength).bind(static_cast<double>(settings.temperature));
    insert->bind(static_cast<int64_t>(settings.seed)).bind(nameOf(settings.policy));
    if (Result<void> inserted = insert->run(); !inserted) {
        return inserted;
    }
    return insertText(database, database.lastInsertedRow(), trace);
}

/// Puts the steps of `trace` where the entry had none or fewer.
Result<void> putSteps(Database& database, const Known& known, const Trace& trace) {
    if (known.run != 0) {
        if (Result<void> removed = deleteTraceRows(database, known.run); !removed) {
            return removed;
        }
    }
    const Result<int64_t> run = insertTrace(database, trace);
    if (!run) {
        return run.error();
    }
    Result<Statement> update = database.prepare("UPDATE entry SET run = ?, format = ?, status = ?, steps = ? WHERE key = ?");
    if (!update) {
        return update.error();
    }
    update->bind(*run).bind(kTraceFormatVersion).bind(static_cast<uint32_t>(trace.status())).bind(trace.steps()).bind(known.key);
    if (Result<void> updated = update->run(); !updated) {
        return updated;
    }
    const std::string answer = trace.answerText(trace.steps(), "", true);
    return changeText(database, "UPDATE entry_text SET answer = ? WHERE rowid = ?", answer, known.key);
}

/// Space that removed runs leave goes back to the disk.
Result<void> shrink(Database& database) {
    return database.execute("PRAGMA incremental_vacuum");
}

}  // namespace

LibraryFile::LibraryFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
LibraryFile::~LibraryFile() = default;
LibraryFile::LibraryFile(LibraryFile&&) noexcept = default;
LibraryFile& LibraryFile::operator=(LibraryFile&&) noexcept = default;

Result<LibraryFile> LibraryFile::open(const std::filesystem::path& path) {
    Result<Database> database = openLibraryDatabase(path);
    if (!database) {
        return database.error();
    }
    auto state = std::make_unique<State>(State{.path = path, .database = std::move(*database)});
    state->place = placeOf(path);
    return LibraryFile(std::move(state));
}

Result<bool> LibraryFile::add(const Trace& trace, RunSource source, int64_t now) {
    ENGINE_ASSERT(!trace.header().id.empty());
    Database& database = state_->database;
    bool isNew = true;
    const Result<void> done = database.transaction([&]() -> Result<void> {
        Result<Known> known = find(database, trace.header().id);
        if (!known) {
            return known.error();
        }
        isNew = known->run == 0 || known->steps < trace.steps();
        if (!isNew) {
            return {};
        }
        if (known->key == 0) {
            if (Result<void> inserted = insertEntry(database, trace, source, now); !inserted) {
                return inserted;
            }
            known = find(database, trace.header().id);
            if (!known) {
                return known.error();
            }
        }
        return putSteps(database, *known, trace);
    });
    return done ? Result<bool>(isNew) : Result<bool>(done.error());
}

Result<void> LibraryFile::refer(const Trace& trace, std::string_view file, int64_t now) {
    ENGINE_ASSERT(!trace.header().id.empty());
    Database& database = state_->database;
    return database.transaction([&]() -> Result<void> {
        Result<Known> known = find(database, trace.header().id);
        if (known && known->key == 0) {
            if (Result<void> inserted = insertEntry(database, trace, RunSource::File, now); !inserted) {
                return inserted;
            }
            known = find(database, trace.header().id);
        }
        return known ? changeText(database, "UPDATE entry SET file = ? WHERE key = ?", file, known->key) : Result<void>(known.error());
    });
}

Result<Trace> LibraryFile::read(std::string_view id) {
    Result<Statement> select = state_->database.prepare("SELECT run, format FROM entry WHERE id = ? AND run != 0");
    if (!select) {
        return select.error();
    }
    const Result<bool> found = select->bind(id).next();
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return Error{.kind = ErrorKind::NotFound, .message = "This run is no longer in the history; it was deleted for good."};
    }
    const int64_t run = select->integer(0);
    const int64_t format = select->integer(1);
    return readTraceRows(state_->database, state_->path, format, run);
}

Result<void> LibraryFile::setTitle(std::string_view id, std::string_view title) {
    return setText(id, start(title, kLongestTitle), "UPDATE entry SET title = ? WHERE key = ?",
                   "UPDATE entry_text SET title = ? WHERE rowid = ?");
}

Result<void> LibraryFile::setNote(std::string_view id, std::string_view note) {
    return setText(id, start(note, kLongestRunNote), "UPDATE entry SET note = ? WHERE key = ?",
                   "UPDATE entry_text SET note = ? WHERE rowid = ?");
}

Result<void> LibraryFile::setText(std::string_view id, std::string_view text, const char* entrySql, const char* searchSql) {
    Database& database = state_->database;
    return database.transaction([&]() -> Result<void> {
        const Result<Known> known = find(database, id);
        if (!known || known->key == 0) {
            return known ? Result<void>() : Result<void>(known.error());
        }
        if (Result<void> changed = changeText(database, entrySql, text, known->key); !changed) {
            return changed;
        }
        return changeText(database, searchSql, text, known->key);
    });
}

Result<void> LibraryFile::setBookmarks(std::string_view id, const std::vector<Bookmark>& bookmarks) {
    Database& database = state_->database;
    return database.transaction([&]() -> Result<void> {
        const Result<Known> known = find(database, id);
        if (!known || known->run == 0) {
            return known ? Result<void>() : Result<void>(known.error());
        }
        if (Result<void> replaced = replaceBookmarks(database, known->run, bookmarks); !replaced) {
            return replaced;
        }
        return changeText(database, "UPDATE entry_text SET bookmarks = ? WHERE rowid = ?", notesOf(bookmarks), known->key);
    });
}

Result<void> LibraryFile::trash(const std::vector<std::string>& ids, int64_t now) {
    Database& database = state_->database;
    return database.transaction([&]() -> Result<void> {
        Result<void> changed;
        for (size_t index = 0; changed && index < ids.size(); ++index) {
            changed = change(database, "UPDATE entry SET trashed = ? WHERE id = ?", now, ids[index]);
        }
        return changed;
    });
}

Result<void> LibraryFile::restore(const std::vector<std::string>& ids) {
    return trash(ids, 0);
}

Result<void> LibraryFile::remove(const std::vector<std::string>& ids) {
    Database& database = state_->database;
    Result<void> removed = database.transaction([&]() -> Result<void> {
        Result<void> each;
        for (size_t index = 0; each && index < ids.size(); ++index) {
            each = removeOne(ids[index]);
        }
        return each;
    });
    return removed ? shrink(database) : removed;
}

Result<void> LibraryFile::removeOne(std::string_view id) {
    Database& database = state_->database;
    const Result<Known> known = find(database, id);
    if (!known || known->key == 0) {
        return known ? Result<void>() : Result<void>(known.error());
    }
    if (known->run != 0) {
        if (Result<void> removed = deleteTraceRows(database, known->run); !removed) {
            return removed;
        }
    }
    for (const char* sql : {"DELETE FROM entry_text WHERE rowid = ?", "DELETE FROM entry WHERE key = ?"}) {
        Result<Statement> statement = database.prepare(sql);
        Result<void> removed = statement ? statement->bind(known->key).run() : Result<void>(statement.error());
        if (!removed) {
            return removed;
        }
    }
    return {};
}

Result<size_t> LibraryFile::emptyTrash(int64_t time) {
    Result<Statement> select = state_->database.prepare("SELECT id FROM entry WHERE trashed != 0 AND trashed < ?");
    if (!select) {
        return select.error();
    }
    select->bind(time);
    std::vector<std::string> ids;
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        ids.push_back(select->text(0));
    }
    if (!more) {
        return more.error();
    }
    if (ids.empty()) {
        return ids.size();
    }
    const Result<void> removed = remove(ids);
    return removed ? Result<size_t>(ids.size()) : Result<size_t>(removed.error());
}

Result<int64_t> LibraryFile::dataVersion() {
    return state_->database.queryInteger("PRAGMA data_version");
}

bool LibraryFile::isDamaged() {
    Result<Statement> check = state_->database.prepare("PRAGMA quick_check(1)");
    if (!check) {
        return true;
    }
    const Result<bool> row = check->next();
    return !row || !*row || check->text(0) != "ok";
}

bool LibraryFile::isInPlace() const {
    return placeOf(state_->path) == state_->place;
}

const std::filesystem::path& LibraryFile::path() const {
    return state_->path;
}

}  // namespace crystallite
