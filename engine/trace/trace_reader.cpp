#include "engine/base/in_quotes.h"
#include "engine/trace/bookmark_table.h"
#include "engine/trace/decode_option.h"
#include "engine/trace/record_check.h"
#include "engine/trace/record_codec.h"
#include "engine/trace/run_id.h"
#include "engine/trace/sqlite.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_row.h"
#include "engine/trace/trace_schema.h"

#include <cmath>
#include <utility>

namespace crystallite {

namespace {

// Bounds that no genuine trace reaches; they keep a few hostile bytes from asking for gigabytes.
constexpr uint32_t kMostSlots = 1U << 20;
constexpr uint32_t kMostTokens = 1U << 24;
constexpr uint64_t kMostFrameSlots = uint64_t{1} << 28;

struct Run {
    int64_t id = 0;
    RunStatus status = RunStatus::Stopped;
    TraceHeader header;
    std::vector<TokenId> promptIds;
    std::vector<PinnedSlot> pinned;
};

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

std::string findContradiction(const Run& run) {
    const TraceHeader& header = run.header;
    if (header.vocabulary == 0 || header.vocabulary > kMostTokens || header.maskId >= header.vocabulary) {
        return "its vocabulary of " + std::to_string(header.vocabulary) + " tokens is impossible";
    }
    for (const TokenId id : run.promptIds) {
        if (id >= header.vocabulary) {
            return "token " + std::to_string(id) + " of its prompt is outside the vocabulary";
        }
    }
    Result<void> settings = checkSettings(header.settings, static_cast<uint32_t>(run.promptIds.size()), kMostSlots);
    return settings ? std::string() : "its settings contradict each other (" + settings.error().message + ")";
}

Result<Run> readRun(Database& database, const std::filesystem::path& path) {
    Result<Statement> select = database.prepare(
        "SELECT id, status, app_version, model_name, model_fingerprint, model_format, architecture, parameters, vocabulary, device,"
        " driver, started_at, prompt, prompt_ids, mask_id, end_ids, length, steps, block_length, unmask_order, temperature, seed"
        " FROM run ORDER BY id DESC LIMIT 1");
    if (!select) {
        return select.error();
    }
    Result<bool> found = select->next();
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return corruptTrace(path, "it holds no run");
    }
    TraceRow row(*select);
    Run run;
    run.id = row.integer();
    const uint32_t status = row.unsigned32();
    TraceHeader& header = run.header;
    for (std::string* text : {&header.appVersion, &header.modelName, &header.modelFingerprint, &header.modelFormat, &header.architecture}) {
        *text = row.text();
    }
    header.parameters = static_cast<uint64_t>(row.integer());
    header.vocabulary = row.unsigned32();
    for (std::string* text : {&header.device, &header.driver, &header.startedAt, &header.prompt}) {
        *text = row.text();
    }
    run.promptIds = row.unpacked(unpackIds);
    header.maskId = row.unsigned32();
    header.endIds = row.unpacked(unpackIds);
    header.settings.length = row.unsigned32();
    header.settings.steps = row.unsigned32();
    header.settings.blockLength = row.unsigned32();
    const Result<UnmaskOrder> order = parseUnmaskOrder(row.text());
    header.settings.temperature = static_cast<float>(row.real());
    header.settings.seed = static_cast<uint64_t>(row.integer());
    if (!row.sound() || !order || status > static_cast<uint32_t>(RunStatus::Failed)) {
        return corruptTrace(path, "a field of its header has the wrong type or range");
    }
    header.settings.order = *order;
    // "Running" in a file that nobody finishes any more: the process died.
    run.status = status == static_cast<uint32_t>(RunStatus::Running) ? RunStatus::Stopped : static_cast<RunStatus>(status);
    return run;
}

/// One row of the table `setting`; false when its value is of the wrong type or out of range.
Result<bool> readSetting(const Statement& row, const std::filesystem::path& path, DecodeSettings& settings) {
    const std::string name = row.columnType(0) == SQLITE_TEXT ? row.text(0) : std::string();
    const std::string text = row.columnType(1) == SQLITE_TEXT ? row.text(1) : std::string();
    if (name == "policy") {
        const Result<DecodePolicy> policy = parseDecodePolicy(text);
        settings.policy = policy ? *policy : settings.policy;
        return policy.has_value();
    }
    if (name == "remask") {
        const Result<RemaskRule> rule = parseRemaskRule(text);
        settings.remask = rule ? *rule : settings.remask;
        return rule.has_value();
    }
    if (name == "cache") {
        const Result<CacheKind> cache = parseCacheKind(text);
        settings.cache = cache ? *cache : settings.cache;
        return cache.has_value();
    }
    const double value = row.columnType(1) == SQLITE_FLOAT ? row.real(1) : -1.0;
    if (name == "stops_at_end") {
        settings.stopsAtEnd = value == 1.0;
        return value == 0.0 || value == 1.0;
    }
    // It is there where blocks are counted from the start of the text.
    if (name == "block_offset") {
        settings.blockAnchor = BlockAnchor::Text;
        const bool fits = value >= 0.0 && value < kMostSlots && value == std::floor(value);
        settings.blockOffset = fits ? static_cast<uint32_t>(value) : 0;
        return fits;
    }
    const DecodeOption* option = findDecodeOption(name);
    if (option == nullptr) {
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The trace " + quotedPath(path) + " was made with a setting " + inQuotes(name) +
                                ", which this program does not know; update Crystallite to open it."};
    }
    return row.columnType(1) == SQLITE_FLOAT && option->setIn(settings, row.real(1)).has_value();
}

/// Before format 3 there was one policy, without options.
Result<void> readSettings(Database& database, const std::filesystem::path& path, int64_t format, Run& run) {
    if (format < 3) {
        return {};
    }
    Result<Statement> select = database.prepare("SELECT name, value FROM setting WHERE run = ?");
    if (!select) {
        return select.error();
    }
    select->bind(run.id);
    uint32_t settings = 0;
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        ++settings;
        const Result<bool> sound = readSetting(*select, path, run.header.settings);
        if (!sound) {
            return sound.error();
        }
        if (!*sound) {
            return corruptTrace(path, "a setting has the wrong type or range");
        }
    }
    if (more && settings == 0) {
        return corruptTrace(path, "its settings are missing");
    }
    return more ? Result<void>() : Result<void>(more.error());
}

std::string findContradictionOfCanvas(const Run& run) {
    const TraceHeader& header = run.header;
    const uint64_t slots = run.promptIds.size() + uint64_t{header.settings.length};
    if (header.layout && header.settings.room() > 0) {
        return "its grid cannot grow";
    }
    uint64_t next = run.promptIds.size();
    for (const PinnedSlot& slot : run.pinned) {
        if (slot.position < next || slot.position >= slots || slot.id >= header.vocabulary) {
            return "its given slot " + std::to_string(slot.position) + " does not fit a canvas of " + std::to_string(slots) + " slots";
        }
        next = uint64_t{slot.position} + 1;
    }
    if (!header.layout) {
        return {};
    }
    const std::string impossible = findContradiction(*header.layout);
    if (impossible.empty() && header.layout->cells() != slots) {
        return "its grid has " + std::to_string(header.layout->cells()) + " cells, but its canvas " + std::to_string(slots) + " slots";
    }
    return impossible;
}

/// Format 1 knew neither given slots behind the prompt nor boards.
Result<void> readCanvas(Database& database, const std::filesystem::path& path, int64_t format, Run& run) {
    if (format < 2) {
        return {};
    }
    Result<Statement> select = database.prepare("SELECT pinned, layout FROM canvas WHERE run = ?");
    if (!select) {
        return select.error();
    }
    Result<bool> found = select->bind(run.id).next();
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return corruptTrace(path, "it does not say what its canvas was at first");
    }
    TraceRow row(*select);
    run.pinned = row.unpacked(unpackPinned);
    run.header.layout = row.unpacked(unpackLayout);
    if (!row.sound()) {
        return corruptTrace(path, "a field of its canvas has the wrong type or length");
    }
    const std::string contradiction = findContradictionOfCanvas(run);
    return contradiction.empty() ? Result<void>() : corruptTrace(path, contradiction);
}

std::string findContradictionOfIdentity(const TraceHeader& header, const std::string& parent, uint32_t step) {
    if (!isRunId(header.id) || (!parent.empty() && !isRunId(parent)) || parent == header.id) {
        return "its id or that of the run that it branched off is impossible";
    }
    if (parent.empty() && step != 0) {
        return "it branched off after step " + std::to_string(step) + " of no run";
    }
    const uint64_t slots = uint64_t{header.settings.length} + header.settings.room() + header.extraRoom;
    if (slots > kMostSlots || (header.layout && header.extraRoom > 0)) {
        return "its room for " + std::to_string(header.extraRoom) + " inserted slots is impossible";
    }
    return {};
}

/// Before format 6 a run had no id: it gets one that follows from what is in the file, always the same.
Result<void> readIdentity(Database& database, const std::filesystem::path& path, int64_t format, Run& run) {
    TraceHeader& header = run.header;
    if (format < 6) {
        header.id = derivedRunId(header, run.promptIds);
        return {};
    }
    Result<Statement> select = database.prepare("SELECT id, parent, parent_step, extra_room FROM identity WHERE run = ?");
    if (!select) {
        return select.error();
    }
    Result<bool> found = select->bind(run.id).next();
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return corruptTrace(path, "it does not say which run it is");
    }
    TraceRow row(*select);
    header.id = row.text();
    const std::string parent = row.text();
    const uint32_t step = row.unsigned32();
    header.extraRoom = row.unsigned32();
    if (!row.sound()) {
        return corruptTrace(path, "a field of its identity has the wrong type or range");
    }
    // Of a trace that was put together and never run.
    header.id = header.id.empty() ? derivedRunId(header, run.promptIds) : header.id;
    if (const std::string contradiction = findContradictionOfIdentity(header, parent, step); !contradiction.empty()) {
        return corruptTrace(path, contradiction);
    }
    header.origin = parent.empty() ? std::nullopt : std::optional(RunOrigin{.parent = parent, .step = step});
    return {};
}

Result<Trace> readPieces(Database& database, const std::filesystem::path& path, const Run& run) {
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
    Result<Run> run = readRun(*database, path);
    if (!run) {
        return run.error();
    }
    if (Result<void> settings = readSettings(*database, path, *format, *run); !settings) {
        return settings.error();
    }
    if (const std::string contradiction = findContradiction(*run); !contradiction.empty()) {
        return corruptTrace(path, contradiction);
    }
    if (Result<void> canvas = readCanvas(*database, path, *format, *run); !canvas) {
        return canvas.error();
    }
    if (Result<void> identity = readIdentity(*database, path, *format, *run); !identity) {
        return identity.error();
    }
    Result<Trace> trace = readPieces(*database, path, *run);
    if (!trace) {
        return trace;
    }
    if (Result<void> steps = readSteps(*database, path, *format, run->id, *trace); !steps) {
        return steps.error();
    }
    if (Result<void> bookmarks = readBookmarks(*database, path, *format, run->id, *trace); !bookmarks) {
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
