#include "engine/library/library_schema.h"

#include "engine/trace/trace_rows.h"
#include "engine/trace/trace_schema.h"

#include <array>
#include <string>

namespace crystallite {
namespace {

constexpr std::array kLibraryTables = {
    "CREATE TABLE library(version INTEGER)",
    // `format` is that of the trace file whose rows the run has: a later program adds tables and leaves the rows of old runs as they are.
    "CREATE TABLE entry(key INTEGER PRIMARY KEY, run INTEGER, format INTEGER, id TEXT UNIQUE NOT NULL, parent TEXT, parent_step INTEGER,"
    " source INTEGER, file TEXT, created INTEGER, trashed INTEGER, status INTEGER, steps INTEGER, title TEXT, note TEXT, model TEXT,"
    " prompt TEXT, length INTEGER, planned_steps INTEGER, block_length INTEGER, temperature REAL, seed INTEGER, policy TEXT)",
    "CREATE INDEX entry_of_run ON entry(run)",
    "CREATE VIRTUAL TABLE entry_text USING fts5(title, prompt, answer, note, bookmarks, tokenize = 'unicode61 remove_diacritics 2',"
    " prefix = '2 3')",
};

Error newerLibrary(const std::filesystem::path& path) {
    return {.kind = ErrorKind::Unsupported,
            .message = "The history " + quotedPath(path) + " was written by a newer Crystallite; update this one to use it."};
}

Result<bool> hasTable(Database& database, std::string_view name) {
    Result<Statement> find = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?");
    if (!find) {
        return find.error();
    }
    return find->bind(name).next();
}

Result<void> createLibrary(Database& database) {
    for (const char* table : kLibraryTables) {
        if (Result<void> created = database.execute(table); !created) {
            return created;
        }
    }
    return database.execute(("INSERT INTO library VALUES(" + std::to_string(kLibraryVersion) + ")").c_str());
}

/// Asked of SQLite and not of the bytes: what a process that died in its first transaction left is rolled back first.
Result<void> checkClaim(Database& database, const std::filesystem::path& path) {
    const Result<int64_t> tables = database.queryInteger("SELECT count(*) FROM sqlite_schema");
    if (!tables) {
        return tables.error();
    }
    const Result<int64_t> claim = database.queryInteger("PRAGMA application_id");
    if (!claim) {
        return claim.error();
    }
    if (*tables != 0 && *claim != int64_t{kTraceApplicationId}) {
        return Error{.kind = ErrorKind::Corrupt, .message = "The history " + quotedPath(path) + " is the file of another program."};
    }
    return {};
}

Result<void> checkVersion(Database& database, const std::filesystem::path& path) {
    const Result<int64_t> format = database.queryInteger("PRAGMA user_version");
    if (!format) {
        return format.error();
    }
    if (*format > kTraceFormatVersion) {
        return newerLibrary(path);
    }
    const Result<bool> isLibrary = hasTable(database, "library");
    if (!isLibrary) {
        return isLibrary.error();
    }
    if (!*isLibrary) {
        return {};
    }
    const Result<int64_t> version = database.queryInteger("SELECT max(version) FROM library");
    if (!version) {
        return version.error();
    }
    return *version > kLibraryVersion ? Result<void>(newerLibrary(path)) : Result<void>();
}

/// Whatever is missing of it, in one transaction, so that two processes can meet here.
Result<void> complete(Database& database, const std::filesystem::path& path) {
    return database.transaction([&]() -> Result<void> {
        if (Result<void> checked = checkVersion(database, path); !checked) {
            return checked;
        }
        if (Result<void> tables = createMissingTraceTables(database); !tables) {
            return tables;
        }
        const Result<bool> isLibrary = hasTable(database, "library");
        if (!isLibrary) {
            return isLibrary.error();
        }
        return *isLibrary ? Result<void>() : createLibrary(database);
    });
}

Result<bool> isComplete(Database& database) {
    const Result<int64_t> format = database.queryInteger("PRAGMA user_version");
    if (!format) {
        return format.error();
    }
    return *format == kTraceFormatVersion ? hasTable(database, "library") : Result<bool>(false);
}

}  // namespace

Result<Database> openLibraryDatabase(const std::filesystem::path& path) {
    Result<Database> database = Database::open(path, Database::Access::CreateOrExisting);
    if (!database) {
        return database;
    }
    for (const auto check : {checkClaim, checkVersion}) {
        if (Result<void> checked = check(*database, path); !checked) {
            return checked.error();
        }
    }
    const Result<bool> ready = isComplete(*database);
    if (!ready) {
        return ready.error();
    }
    // A rollback journal: a run is written once, at its end, so that nobody waits for long, and a folder that cannot be written can be
    // read. FULL costs some milliseconds per run and syncs the folder as well.
    if (Result<void> configured = database->execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL"); !configured) {
        return configured.error();
    }
    if (*ready) {
        return database;
    }
    // Takes effect on a file without tables only.
    if (Result<void> vacuum = database->execute("PRAGMA auto_vacuum = INCREMENTAL"); !vacuum) {
        return vacuum.error();
    }
    if (Result<void> completed = complete(*database, path); !completed) {
        return completed.error();
    }
    return database;
}

Result<bool> isLibrary(const std::filesystem::path& path) {
    Result<Database> database = Database::open(path, Database::Access::Existing);
    if (!database) {
        return database.error();
    }
    const Result<void> claim = checkClaim(*database, path);
    return claim ? hasTable(*database, "library") : Result<bool>(claim.error());
}

}  // namespace crystallite
