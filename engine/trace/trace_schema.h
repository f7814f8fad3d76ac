#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace crystallite {

/// The trace file is an SQLite database; `README.md` of this folder documents it column by column.
inline constexpr uint32_t kTraceApplicationId = 0x43727973;  // "Crys"
inline constexpr int64_t kTraceFormatVersion = 6;

struct TraceTable {
    int64_t sinceFormat;
    std::string_view name;
    std::string_view sql;
};

inline constexpr std::array kTraceTables = {
    TraceTable{1, "run",
               "CREATE TABLE run(id INTEGER PRIMARY KEY, status INTEGER, app_version TEXT, model_name TEXT, model_fingerprint TEXT,"
               " model_format TEXT, architecture TEXT, parameters INTEGER, vocabulary INTEGER, device TEXT, driver TEXT, started_at TEXT,"
               " prompt TEXT, prompt_ids BLOB, mask_id INTEGER, end_ids BLOB, length INTEGER, steps INTEGER, block_length INTEGER,"
               " unmask_order TEXT, temperature REAL, seed INTEGER)"},
    TraceTable{1, "piece",
               "CREATE TABLE piece(run INTEGER, token INTEGER, is_control INTEGER, bytes BLOB, PRIMARY KEY(run, token)) WITHOUT ROWID"},
    TraceTable{1, "step",
               "CREATE TABLE step(run INTEGER, number INTEGER, block INTEGER, eligible_begin INTEGER, eligible_end INTEGER,"
               " forward_passes INTEGER, rows_computed INTEGER, masked_before INTEGER, masked_after INTEGER, milliseconds REAL,"
               " beliefs BLOB, events BLOB, PRIMARY KEY(run, number))"},
    TraceTable{2, "canvas", "CREATE TABLE canvas(run INTEGER PRIMARY KEY, pinned BLOB, layout BLOB)"},
    TraceTable{3, "setting", "CREATE TABLE setting(run INTEGER, name TEXT, value, PRIMARY KEY(run, name)) WITHOUT ROWID"},
    TraceTable{4, "pass", "CREATE TABLE pass(run INTEGER, step INTEGER, passes BLOB, PRIMARY KEY(run, step)) WITHOUT ROWID"},
    TraceTable{5, "bookmark",
               "CREATE TABLE bookmark(run INTEGER, number INTEGER, frame INTEGER, position INTEGER, note TEXT, PRIMARY KEY(run, number))"
               " WITHOUT ROWID"},
    TraceTable{6, "identity",
               "CREATE TABLE identity(run INTEGER PRIMARY KEY, id TEXT, parent TEXT, parent_step INTEGER, extra_room INTEGER)"},
    TraceTable{6, "hand", "CREATE TABLE hand(run INTEGER, step INTEGER, PRIMARY KEY(run, step)) WITHOUT ROWID"},
};

enum class FileClaim { Missing, Empty, Trace, Other };

/// What the first bytes of a file say it is: SQLite's magic and our application id.
FileClaim inspectTraceFile(const std::filesystem::path& path);

}  // namespace crystallite
