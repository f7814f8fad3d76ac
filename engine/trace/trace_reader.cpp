#include "engine/trace/bookmark_table.h"
#include "engine/trace/record_check.h"
#include "engine/trace/record_codec.h"
#include "engine/trace/run_beginning.h"
#include "engine/trace/sqlite.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_row.h"
#include "engine/trace/trace_rows.h"
#include "engine/trace/trace_schema.h"

#include <utility>

namespace crystallite {

namespace {

// A bound that no genuine trace reaches; it keeps a few hostile bytes from asking for gigabytes.
constexpr uint64_t kMostFrameSlots = uint64_t{1} << 28;

/// The format of the file, when its tables are those of that format.
Result<int64_t> checkSchema(Database& database, const std::filesystem::path& path) {
    Result<int64_t> version = database.queryInteger("PRAGMA user_version");
    if (!version) {
        return version.error();
    }
    if (*version > kTraceFormatVersion) {
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The trace " + quotedPath(path) + " has format " + std::to_string(*version) +
                                ", but this program reads up to " + std::to_string(kTraceFormatVersion) +
                                "; update Crystallite to open it."};
    }
    // The exact text: a table of the right name may still be something else (virtual, with generated columns).
    for (const TraceTable& table : kTraceTables) {
        if (table.sinceFormat > *version) {
            continue;
        }
        Result<Statement> find = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql = ?");
        if (!find) {
            return find.error();
        }
        Result<bool> row = find->bind(table.name).bind(table.sql).next();
        if (!row) {
            return row.error();
        }
        if (!*row) {
            return corruptTrace(path, "its table " + std::string(table.name) + " is missing or different");
        }
    }
    return version;
}

Result<Trace> readPieces(Database& database, const std::filesystem::path& path, const RunBeginning& run) {
    Result<Statement> select = database.prepare("SELECT token, is_control, bytes FROM piece WHERE run = ?");
    if (!select) {
        return select.error();
    }
    select->bind(run.id);
    std::map<TokenId, std::string> pieces;
    std::vector<TokenId> controlIds;
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        TraceRow row(*select);
        const TokenId id = row.unsigned32();
        const bool isControl = row.integer() != 0;
        const std::vector<std::byte> bytes = row.blob();
        if (!row.sound() || id >= run.header.vocabulary) {
            return corruptTrace(path, "the text of a token has the wrong type or range");
        }
        pieces[id] = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (isControl) {
            controlIds.push_back(id);
        }
    }
    if (!more) {
        return more.error();
    }
    const DecodeSettings& settings = run.header.settings;
    Canvas initial(run.promptIds, settings.length, run.header.maskId, run.pinned, settings.room() + run.header.extraRoom);
    return Trace(run.header, std::move(initial), std::move(pieces), std::move(controlIds));
}

Result<void> appendStep(Trace& trace, StepRecord record, bool sound, const std::filesystem::path& path) {
    const std::string step = "step " + std::to_string(trace.steps() + 1);
    if (!sound || record.number != trace.steps() + 1 || record.number > mostSteps(trace) + (record.byHand ? 1 : 0)) {
        return corruptTrace(path, step + " is missing, or a field of it has the wrong type, range or length");
    }
    if ((uint64_t{record.number} + 1) * trace.slots() > kMostFrameSlots) {
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The trace " + quotedPath(path) + " is too large to show: " + std::to_string(trace.slots()) + " slots in " +
                                std::to_string(trace.header().settings.steps) + " steps."};
    }
    const std::string contradiction = findContradiction(record, trace.canvas(trace.steps()), trace.header().vocabulary);
    if (!contradiction.empty()) {
        return corruptTrace(path, "in " + step + " " + contradiction);
    }
    trace.append(std::move(record));
    return {};
}

/// Before format 4 passes were not recorded.
Result<void> readSteps(Database& database, const std::filesystem::path& path, int64_t format, int64_t run, Trace& trace) {
    const bool hasPasses = format >= 4;
    const bool hasHands = format >= 6;
    const std::string passes = hasPasses ? ", (SELECT passes FROM pass WHERE pass.run = step.run AND pass.step = step.number)" : "";
    const std::string hand = hasHands ? ", EXISTS(SELECT 1 FROM hand WHERE hand.run = step.run AND hand.step = step.number)" : "";
    Result<Statement> select = database.prepare(
        "SELECT number, block, eligible_begin, eligible_end, forward_passes, rows_computed, masked_before, masked_after, milliseconds,"
        " beliefs, events" +
        passes + hand + " FROM step WHERE run = ? ORDER BY number");
    if (!select) {
        return select.error();
    }
    select->bind(run);
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        TraceRow row(*select);
        StepRecord record;
        for (uint32_t* number : {&record.number, &record.block, &record.eligibleBegin, &record.eligibleEnd, &record.forwardPasses,
                                 &record.rowsComputed, &record.maskedBefore, &record.maskedAfter}) {
            *number = row.unsigned32();
        }
        record.milliseconds = row.real();
        record.beliefs = row.unpacked(unpackBeliefs);
        record.events = row.unpacked(unpackEvents);
        if (hasPasses) {
            record.passes = row.unpacked(unpackPasses);
        }
        record.byHand = hasHands && row.integer() != 0;
        if (Result<void> appended = appendStep(trace, std::move(record), row.sound(), path); !appended) {
            return appended;
        }
    }
    return more ? Result<void>() : Result<void>(more.error());
}

Result<void> checkClaim(const std::filesystem::path& path) {
    switch (inspectTraceFile(path)) {
        case FileClaim::Trace: return {};
        case FileClaim::Missing:
            return Error{.kind = ErrorKind::NotFound, .message = "There is no file " + quotedPath(path) + "; check its name."};
        case FileClaim::Empty: return corruptTrace(path, "it is empty");
        case FileClaim::Other: break;
    }
    return Error{.kind = ErrorKind::Corrupt, .message = quotedPath(path) + " is not a Crystallite trace; choose another file."};
}

}  // namespace

Result<Trace> readTrace(const std::filesystem::path& path) {
    if (Result<void> claim = checkClaim(path); !claim) {
        return claim.error();
    }
    Result<Database> database = Database::open(path, Database::Access::Existing);
    if (!database) {
        return database.error();
    }
    Result<int64_t> format = checkSchema(*database, path);
    if (!format) {
        return format.error();
    }
    const Result<int64_t> newest = database->queryInteger("SELECT coalesce(max(id), 0) FROM run");
    if (!newest) {
        return newest.error();
    }
    return readTraceRows(*database, path, *format, *newest);
}

Result<Trace> readTraceRows(Database& database, const std::filesystem::path& path, int64_t format, int64_t id) {
    const Result<RunBeginning> run = readRunBeginning(database, path, format, id);
    if (!run) {
        return run.error();
    }
    Result<Trace> trace = readPieces(database, path, *run);
    if (!trace) {
        return trace;
    }
    if (Result<void> steps = readSteps(database, path, format, run->id, *trace); !steps) {
        return steps.error();
    }
    if (Result<void> bookmarks = readBookmarks(database, path, format, run->id, *trace); !bookmarks) {
        return bookmarks.error();
    }
    if (trace->header().origin && trace->header().origin->step > trace->steps()) {
        return corruptTrace(path, "it shares " + std::to_string(trace->header().origin->step) +
                                      " steps with the run that it branched off, " + "but has " + std::to_string(trace->steps()));
    }
    trace->setStatus(run->status);
    return trace;
}

}  // namespace crystallite
