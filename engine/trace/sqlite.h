#pragma once

#include "engine/base/result.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A prepared statement. Parameters are bound in their order; run() or next() starts it, and the end of its rows resets it.
class Statement {
public:
    Statement& bind(int64_t value);
    Statement& bind(uint32_t value) { return bind(static_cast<int64_t>(value)); }
    Statement& bind(double value);
    Statement& bind(std::string_view text);
    Statement& bind(std::span<const std::byte> blob);

    /// True while there is a row; its columns are valid until the next call.
    Result<bool> next();
    /// Executes a statement that returns no rows.
    Result<void> run();

    /// SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL, as stored.
    [[nodiscard]] int columnType(int column) const { return sqlite3_column_type(handle_.get(), column); }
    [[nodiscard]] int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(handle_.get(), column); }
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::vector<std::byte> blob(int column) const;

private:
    friend class Database;
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    void noteBinding(int code);
    void reset();

    std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
    int bound_ = 0;
    int bindingError_ = SQLITE_OK;
};

/// An open SQLite file. Every failure is an Error that names the file. Statements must not outlive it.
class Database {
public:
    enum class Access {
        Create,            ///< the file must not exist
        CreateOrExisting,  ///< as either
        Existing           ///< read-write when the medium allows, because a crashed writer's journal may have to be rolled back
    };
    static Result<Database> open(const std::filesystem::path& path, Access access);

    Result<void> execute(const char* sql);
    Result<Statement> prepare(std::string_view sql);
    /// The single integer that `sql` returns.
    Result<int64_t> queryInteger(const char* sql);
    [[nodiscard]] int64_t lastInsertedRow() const { return sqlite3_last_insert_rowid(handle_.get()); }

    /// Runs `work` (returning Result<void>) inside one transaction, which is rolled back when it fails.
    template <typename Work>
    Result<void> transaction(const Work& work) {
        if (Result<void> begun = execute("BEGIN IMMEDIATE"); !begun) {
            return begun;
        }
        Result<void> done = work();
        if (done) {
            done = execute("COMMIT");
        }
        if (!done) {
            // SQLite may have rolled back by itself; then this says so, and the first error is the one that matters.
            static_cast<void>(execute("ROLLBACK"));
        }
        return done;
    }

private:
    struct Closer {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    explicit Database(sqlite3* handle) : handle_(handle) {}

    std::unique_ptr<sqlite3, Closer> handle_;
};

/// A path as the UTF-8 text that SQLite and messages use.
std::string utf8Path(const std::filesystem::path& path);
/// The same between single quotes, for a message.
std::string quotedPath(const std::filesystem::path& path);

}  // namespace crystallite
