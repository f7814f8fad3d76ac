#include "engine/trace/run_beginning.h"

#include "engine/base/in_quotes.h"
#include "engine/trace/decode_option.h"
#include "engine/trace/record_codec.h"
#include "engine/trace/run_id.h"
#include "engine/trace/trace_row.h"

#include <cmath>
#include <utility>

namespace crystallite {
namespace {

// Bounds that no genuine trace reaches; they keep a few hostile bytes from asking for gigabytes.
constexpr uint32_t kMostSlots = 1U << 20;
constexpr uint32_t kMostTokens = 1U << 24;

std::string findContradiction(const RunBeginning& run) {
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

Result<RunBeginning> readRun(Database& database, const std::filesystem::path& path, int64_t id) {
    Result<Statement> select = database.prepare(
        "SELECT id, status, app_version, model_name, model_fingerprint, model_format, architecture, parameters, vocabulary, device,"
        " driver, started_at, prompt, prompt_ids, mask_id, end_ids, length, steps, block_length, unmask_order, temperature, seed"
        " FROM run WHERE id = ?");
    if (!select) {
        return select.error();
    }
    Result<bool> found = select->bind(id).next();
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return corruptTrace(path, "it holds no run");
    }
    TraceRow row(*select);
    RunBeginning run;
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
Result<void> readSettings(Database& database, const std::filesystem::path& path, int64_t format, RunBeginning& run) {
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

std::string findContradictionOfCanvas(const RunBeginning& run) {
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
Result<void> readCanvas(Database& database, const std::filesystem::path& path, int64_t format, RunBeginning& run) {
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
Result<void> readIdentity(Database& database, const std::filesystem::path& path, int64_t format, RunBeginning& run) {
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

}  // namespace

Result<RunBeginning> readRunBeginning(Database& database, const std::filesystem::path& path, int64_t format, int64_t id) {
    Result<RunBeginning> run = readRun(database, path, id);
    if (!run) {
        return run;
    }
    if (Result<void> settings = readSettings(database, path, format, *run); !settings) {
        return settings.error();
    }
    if (const std::string contradiction = findContradiction(*run); !contradiction.empty()) {
        return corruptTrace(path, contradiction);
    }
    if (Result<void> canvas = readCanvas(database, path, format, *run); !canvas) {
        return canvas.error();
    }
    if (Result<void> identity = readIdentity(database, path, format, *run); !identity) {
        return identity.error();
    }
    return run;
}

}  // namespace crystallite
