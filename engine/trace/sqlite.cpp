#include "engine/trace/sqlite.h"

#include "engine/base/in_quotes.h"

#include <system_error>

namespace crystallite {

namespace {

constexpr int kBusyTimeoutMs = 2000;
// No genuine row is near this; a hostile file shall not make us allocate more for one value.
constexpr int kLongestValueBytes = 256 << 20;

std::string quoted(const std::string& path) {
    std::string text = "'";
    return text.append(path).append("'");
}

/// Empty before the file has been opened.
std::string fileOf(sqlite3* database) {
    const char* file = sqlite3_db_filename(database, "main");
    return file == nullptr ? "" : file;
}

std::string systemReason(sqlite3* database) {
    const int code = sqlite3_system_errno(database);
    return code == 0 ? std::string(sqlite3_errmsg(database)) : std::generic_category().message(code);
}

Error lastError(sqlite3* database, const std::string& path) {
    const std::string file = quoted(path);
    switch (sqlite3_errcode(database)) {
        case SQLITE_FULL:
            return {.kind = ErrorKind::Io,
                    .message = "The disk is full: " + file + " could not be written; free some space and save again."};
        case SQLITE_NOTADB: return {.kind = ErrorKind::Corrupt, .message = file + " is not a Crystallite trace; choose another file."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {.kind = ErrorKind::Io, .message = file + " is in use by another program; close it there and try again."};
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {.kind = ErrorKind::Io,
                    .message = "Cannot open " + file + " (" + systemReason(database) + "); check the folder and its permissions."};
        case SQLITE_IOERR:
            return {.kind = ErrorKind::Io,
                    .message = "Reading or writing " + file + " failed (" + systemReason(database) + "); check the disk and try again."};
        case SQLITE_NOMEM: return {.kind = ErrorKind::OutOfMemory, .message = "Not enough memory to work on " + file + "."};
        default:
            return {.kind = ErrorKind::Corrupt,
                    .message = "The trace " + file + " is damaged (" + inQuotes(sqlite3_errmsg(database)) +
                               "); use a backup or run the prompt again."};
    }
}

}  // namespace

std::string utf8Path(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

std::string quotedPath(const std::filesystem::path& path) {
    return quoted(utf8Path(path));
}

void Statement::noteBinding(int code) {
    if (code != SQLITE_OK) {
        bindingError_ = code;
    }
}

Statement& Statement::bind(int64_t value) {
    noteBinding(sqlite3_bind_int64(handle_.get(), ++bound_, value));
    return *this;
}

Statement& Statement::bind(double value) {
    noteBinding(sqlite3_bind_double(handle_.get(), ++bound_, value));
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    noteBinding(sqlite3_bind_text64(handle_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(std::span<const std::byte> blob) {
    // A null pointer would be stored as NULL instead of as an empty blob.
    const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
    noteBinding(sqlite3_bind_blob64(handle_.get(), ++bound_, data, blob.size(), SQLITE_TRANSIENT));
    return *this;
}

void Statement::reset() {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    bound_ = 0;
    bindingError_ = SQLITE_OK;
}

Result<bool> Statement::next() {
    if (bindingError_ == SQLITE_OK) {
        const int code = sqlite3_step(handle_.get());
        if (code == SQLITE_ROW) {
            return true;
        }
        if (code == SQLITE_DONE) {
            reset();
            return false;
        }
    }
    sqlite3* database = sqlite3_db_handle(handle_.get());
    Error error = lastError(database, fileOf(database));
    reset();
    return error;
}

Result<void> Statement::run() {
    Result<bool> more = next();
    if (!more) {
        return more.error();
    }
    ENGINE_ASSERT(!*more);
    return {};
}

std::string Statement::text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
    const auto bytes = static_cast<size_t>(sqlite3_column_bytes(handle_.get(), column));
    return bytes == 0 ? std::string() : std::string(data, bytes);
}

std::vector<std::byte> Statement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(handle_.get(), column));
    const auto bytes = static_cast<size_t>(sqlite3_column_bytes(handle_.get(), column));
    return bytes == 0 ? std::vector<std::byte>() : std::vector<std::byte>(data, data + bytes);
}

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
    const int flags = SQLITE_OPEN_READWRITE | (access == Access::Existing ? 0 : SQLITE_OPEN_CREATE) |
                      (access == Access::Create ? SQLITE_OPEN_EXCLUSIVE : 0);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(utf8Path(path).c_str(), &handle, flags, nullptr);
    Database database(handle);
    if (handle == nullptr) {
        return Error{.kind = ErrorKind::OutOfMemory, .message = "Not enough memory to open " + quotedPath(path) + "."};
    }
    if (code != SQLITE_OK) {
        return lastError(handle, utf8Path(path));
    }
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValueBytes);
    // A file from elsewhere may carry a schema that runs code of its author's choice: trust none of it.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    if (Result<void> checked = database.execute("PRAGMA cell_size_check = ON"); !checked) {
        return checked.error();
    }
    return database;
}

Result<void> Database::execute(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return lastError(handle_.get(), fileOf(handle_.get()));
    }
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
        return lastError(handle_.get(), fileOf(handle_.get()));
    }
    return Statement(statement);
}

Result<int64_t> Database::queryInteger(const char* sql) {
    Result<Statement> statement = prepare(sql);
    if (!statement) {
        return statement.error();
    }
    Result<bool> row = statement->next();
    if (!row) {
        return row.error();
    }
    ENGINE_ASSERT(*row);
    return statement->integer(0);
}

}  // namespace crystallite
