#include "engine/trace/bookmark_table.h"
#include "engine/trace/decode_option.h"
#include "engine/trace/record_codec.h"
#include "engine/trace/sqlite.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_schema.h"

#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

namespace crystallite {

namespace {

std::filesystem::path withSuffix(std::filesystem::path path, const char* suffix) {
    path += suffix;
    return path;
}

Error ioError(const std::string& what, const std::filesystem::path& path, const std::error_code& reason) {
    return {.kind = ErrorKind::Io, .message = what + " " + quotedPath(path) + " failed (" + reason.message() + "); choose another place."};
}

/// A journal that a crashed writer left beside the old file would be rolled back into the new one of the same name.
Result<void> removeFileAndJournal(const std::filesystem::path& path) {
    for (const std::filesystem::path& file : {withSuffix(path, "-journal"), path}) {
        std::error_code failure;
        std::filesystem::remove(file, failure);
        if (failure) {
            return ioError("Replacing", file, failure);
        }
    }
    return {};
}

Result<void> configure(Database& database) {
    // One file must hold every finished step after a crash: a rollback journal exists during a commit only, a write-ahead log would stay.
    // NORMAL still syncs journal and file at every commit, but not the folder; FULL cost eight times as much per step (15 ms against 2).
    const std::string pragmas =
        "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA application_id = " + std::to_string(kTraceApplicationId) +
        "; PRAGMA user_version = " + std::to_string(kTraceFormatVersion);
    return database.execute(pragmas.c_str());
}

Result<void> createTables(Database& database) {
    for (const TraceTable& table : kTraceTables) {
        if (Result<void> created = database.execute(std::string(table.sql).c_str()); !created) {
            return created;
        }
    }
    return {};
}

Result<int64_t> insertRun(Database& database, const Trace& trace) {
    Result<Statement> insert = database.prepare(
        "INSERT INTO run(status, app_version, model_name, model_fingerprint, model_format, architecture, parameters, vocabulary, device,"
        " driver, started_at, prompt, prompt_ids, mask_id, end_ids, length, steps, block_length, unmask_order, temperature, seed)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    const TraceHeader& header = trace.header();
    const DecodeSettings& settings = header.settings;
    const std::vector<std::byte> promptIds = packIds(trace.canvas(0).tokens().first(trace.promptLength()));
    insert->bind(static_cast<uint32_t>(trace.status())).bind(header.appVersion).bind(header.modelName).bind(header.modelFingerprint);
    insert->bind(header.modelFormat).bind(header.architecture).bind(static_cast<int64_t>(header.parameters)).bind(header.vocabulary);
    insert->bind(header.device).bind(header.driver).bind(header.startedAt).bind(header.prompt).bind(promptIds).bind(header.maskId);
    insert->bind(packIds(header.endIds)).bind(settings.length).bind(settings.steps).bind(settings.blockLength);
    // SQLite's integers are signed: the seed keeps its 64 bits, not its sign.
    insert->bind(nameOf(settings.order)).bind(static_cast<double>(settings.temperature)).bind(static_cast<int64_t>(settings.seed));
    if (Result<void> inserted = insert->run(); !inserted) {
        return inserted.error();
    }
    return database.lastInsertedRow();
}

/// What the initial canvas has beyond the prompt and masked slots.
Result<void> insertCanvas(Database& database, int64_t run, const Trace& trace) {
    Result<Statement> insert = database.prepare("INSERT INTO canvas(run, pinned, layout) VALUES(?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    return insert->bind(run).bind(packPinned(trace.canvas(0).pinnedSlots())).bind(packLayout(trace.header().layout)).run();
}

/// Who the run is and where it comes from; without an origin, the parent is the empty text.
Result<void> insertIdentity(Database& database, int64_t run, const TraceHeader& header) {
    Result<Statement> insert = database.prepare("INSERT INTO identity(run, id, parent, parent_step, extra_room) VALUES(?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    const RunOrigin origin = header.origin.value_or(RunOrigin());
    return insert->bind(run).bind(header.id).bind(origin.parent).bind(origin.step).bind(header.extraRoom).run();
}

/// The policy and what it looks at; the table `run` holds what every policy has.
Result<void> insertSettings(Database& database, int64_t run, const DecodeSettings& settings) {
    Result<Statement> insert = database.prepare("INSERT INTO setting(run, name, value) VALUES(?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    Result<void> inserted;
    const auto add = [&](std::string_view name, const auto& value) {
        if (inserted) {
            inserted = insert->bind(run).bind(name).bind(value).run();
        }
    };
    add("policy", nameOf(settings.policy));
    if (settings.policy == DecodePolicy::Remdm) {
        add("remask", nameOf(settings.remask));
    }
    add("cache", nameOf(settings.cache));
    add("stops_at_end", settings.stopsAtEnd ? 1.0 : 0.0);
    if (settings.blockAnchor == BlockAnchor::Text) {
        add("block_offset", static_cast<double>(settings.blockOffset));
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (option.appliesTo(settings)) {
            add(option.name, option.valueIn(settings));
        }
    }
    return inserted;
}

/// Makes a rename in `folder` survive a power cut.
void syncFolder([[maybe_unused]] const std::filesystem::path& folder) {
#ifndef _WIN32
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);  // Best effort: some file systems refuse it for folders, and the file itself is already safe.
        ::close(descriptor);
    }
#endif
}

}  // namespace

struct TraceWriter::State {
    std::filesystem::path path;
    Database database;
    int64_t run = 0;
    uint32_t writtenSteps = 0;
    std::unordered_set<TokenId> writtenPieces;

    Result<void> begin(const Trace& trace);
    Result<void> writeMissing(const Trace& trace);
    Result<std::vector<TokenId>> writePieces(const Trace& trace);
    Result<void> writeSteps(const Trace& trace);
};

/// Schema, header and whatever the trace holds already, all or nothing.
Result<void> TraceWriter::State::begin(const Trace& trace) {
    if (Result<void> configured = configure(database); !configured) {
        return configured;
    }
    return database.transaction([&]() -> Result<void> {
        if (Result<void> created = createTables(database); !created) {
            return created;
        }
        Result<int64_t> inserted = insertRun(database, trace);
        if (!inserted) {
            return inserted.error();
        }
        run = *inserted;
        if (Result<void> canvas = insertCanvas(database, run, trace); !canvas) {
            return canvas;
        }
        if (Result<void> identity = insertIdentity(database, run, trace.header()); !identity) {
            return identity;
        }
        if (Result<void> settings = insertSettings(database, run, trace.header().settings); !settings) {
            return settings;
        }
        if (Result<void> bookmarks = insertBookmarks(database, run, trace.bookmarks()); !bookmarks) {
            return bookmarks;
        }
        return writeMissing(trace);
    });
}

/// Writes every step that is not in the file yet, so that a step which failed for want of space comes with the next one.
/// Inside a transaction of the caller.
Result<void> TraceWriter::State::writeMissing(const Trace& trace) {
    Result<std::vector<TokenId>> added = writePieces(trace);
    if (!added) {
        return added.error();
    }
    if (Result<void> written = writeSteps(trace); !written) {
        return written;
    }
    writtenSteps = trace.steps();
    writtenPieces.insert(added->begin(), added->end());
    return {};
}

Result<std::vector<TokenId>> TraceWriter::State::writePieces(const Trace& trace) {
    std::vector<TokenId> added;
    if (trace.pieces().size() == writtenPieces.size()) {
        return added;
    }
    Result<Statement> insert = database.prepare("INSERT INTO piece(run, token, is_control, bytes) VALUES(?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    for (const auto& [id, bytes] : trace.pieces()) {
        if (writtenPieces.contains(id)) {
            continue;
        }
        insert->bind(run).bind(id).bind(trace.isControl(id) ? 1U : 0U).bind(std::as_bytes(std::span(bytes)));
        if (Result<void> inserted = insert->run(); !inserted) {
            return inserted.error();
        }
        added.push_back(id);
    }
    return added;
}

Result<void> TraceWriter::State::writeSteps(const Trace& trace) {
    Result<Statement> insertPasses = database.prepare("INSERT INTO pass(run, step, passes) VALUES(?, ?, ?)");
    if (!insertPasses) {
        return insertPasses.error();
    }
    Result<Statement> insert = database.prepare(
        "INSERT INTO step(run, number, block, eligible_begin, eligible_end, forward_passes, rows_computed, masked_before, masked_after,"
        " milliseconds, beliefs, events) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    Result<Statement> insertHand = database.prepare("INSERT INTO hand(run, step) VALUES(?, ?)");
    if (!insertHand) {
        return insertHand.error();
    }
    for (uint32_t step = writtenSteps + 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        insert->bind(run).bind(record.number).bind(record.block).bind(record.eligibleBegin).bind(record.eligibleEnd);
        insert->bind(record.forwardPasses).bind(record.rowsComputed).bind(record.maskedBefore).bind(record.maskedAfter);
        insert->bind(record.milliseconds).bind(packBeliefs(record.beliefs)).bind(packEvents(record.events));
        if (Result<void> inserted = insert->run(); !inserted) {
            return inserted;
        }
        if (Result<void> inserted = insertPasses->bind(run).bind(record.number).bind(packPasses(record.passes)).run(); !inserted) {
            return inserted;
        }
        if (!record.byHand) {
            continue;
        }
        if (Result<void> inserted = insertHand->bind(run).bind(record.number).run(); !inserted) {
            return inserted;
        }
    }
    return {};
}

TraceWriter::TraceWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
TraceWriter::~TraceWriter() = default;

Result<std::unique_ptr<TraceWriter>> TraceWriter::create(const std::filesystem::path& path, const Trace& trace) {
    if (inspectTraceFile(path) == FileClaim::Other) {
        return Error{.kind = ErrorKind::InvalidArgument,
                     .message = quotedPath(path) + " exists and is not a Crystallite trace; choose another name."};
    }
    if (Result<void> removed = removeFileAndJournal(path); !removed) {
        return removed.error();
    }
    Result<Database> database = Database::open(path, Database::Access::Create);
    if (!database) {
        return database.error();
    }
    auto state = std::make_unique<State>(State{.path = path, .database = std::move(*database)});
    if (Result<void> begun = state->begin(trace); !begun) {
        state.reset();
        static_cast<void>(removeFileAndJournal(path));
        return begun.error();
    }
    return std::unique_ptr<TraceWriter>(new TraceWriter(std::move(state)));
}

Result<void> TraceWriter::appendLast(const Trace& trace) {
    // writeMissing() advances its bookkeeping before the commit, which can still fail.
    const uint32_t stepsBefore = state_->writtenSteps;
    std::unordered_set<TokenId> piecesBefore = state_->writtenPieces;
    Result<void> written = state_->database.transaction([&] { return state_->writeMissing(trace); });
    if (!written) {
        state_->writtenSteps = stepsBefore;
        state_->writtenPieces = std::move(piecesBefore);
    }
    return written;
}

Result<void> TraceWriter::finish(RunStatus status) {
    Result<Statement> update = state_->database.prepare("UPDATE run SET status = ? WHERE id = ?");
    if (!update) {
        return update.error();
    }
    return update->bind(static_cast<uint32_t>(status)).bind(state_->run).run();
}

const std::filesystem::path& TraceWriter::path() const {
    return state_->path;
}

Result<void> saveTrace(const std::filesystem::path& path, const Trace& trace) {
    const std::filesystem::path beside = withSuffix(path, ".part");
    {
        Result<std::unique_ptr<TraceWriter>> writer = TraceWriter::create(beside, trace);
        if (!writer) {
            return writer.error();
        }
    }
    std::error_code failure;
    std::filesystem::remove(withSuffix(path, "-journal"), failure);
    if (!failure) {
        std::filesystem::rename(beside, path, failure);
    }
    if (failure) {
        static_cast<void>(removeFileAndJournal(beside));
        return ioError("Saving", path, failure);
    }
    syncFolder(path.parent_path());
    return {};
}

}  // namespace crystallite
