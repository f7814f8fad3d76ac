#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/history_lines.h"
#include "engine/base/in_quotes.h"
#include "engine/library/library_file.h"
#include "engine/library/library_place.h"
#include "engine/library/library_schema.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace crystallite::cli {
namespace {

struct HistoryArguments {
    std::string library;
    std::vector<std::string> words;
    std::vector<std::string> runs;
    std::string run;
    std::string output;
    bool trashed = false;
    bool restores = false;
    bool asJson = false;
};

/// Only one that is there: looking at a history makes none.
Result<LibraryFile> openHistory(const HistoryArguments& arguments) {
    const std::filesystem::path path = arguments.library.empty() ? libraryOfThisPerson() : std::filesystem::path(arguments.library);
    if (path.empty()) {
        return Error{.kind = ErrorKind::NotFound,
                     .message = "There is no folder for a history; set HOME or XDG_DATA_HOME, or use --library."};
    }
    std::error_code failure;
    if (!std::filesystem::exists(path, failure)) {
        return Error{.kind = ErrorKind::NotFound,
                     .message = "There is no history " + inQuotes(path.string()) + "; the window begins one with its first run."};
    }
    // Opening a trace as a library would make it one.
    const Result<bool> known = isLibrary(path);
    if (!known) {
        return known.error();
    }
    if (!*known) {
        return Error{.kind = ErrorKind::Unsupported,
                     .message = inQuotes(path.string()) + " is a single run and no history; 'crystallite-cli export' shows what is in it."};
    }
    return LibraryFile::open(path);
}

int64_t now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Those of the list and of the trash.
Result<std::vector<RunEntry>> everyRun(LibraryFile& library) {
    auto entries = library.list("", false);
    const auto trashed = library.list("", true);
    if (!entries || !trashed) {
        return entries ? Result<std::vector<RunEntry>>(trashed.error()) : entries;
    }
    entries->insert(entries->end(), trashed->begin(), trashed->end());
    return entries;
}

/// The run whose id begins so, as long as it is the only one.
Result<RunEntry> findRun(const std::vector<RunEntry>& entries, const std::string& beginning) {
    std::vector<RunEntry> found;
    for (const RunEntry& entry : entries) {
        if (entry.id == beginning) {
            return entry;
        }
        if (!beginning.empty() && entry.id.starts_with(beginning)) {
            found.push_back(entry);
        }
    }
    if (found.size() == 1) {
        return found.front();
    }
    if (found.empty()) {
        return Error{
            .kind = ErrorKind::NotFound,
            .message = "The history has no run " + inQuotes(beginning) + "; 'history list' shows the ids, with --trashed the trash's."};
    }
    return Error{
        .kind = ErrorKind::InvalidArgument,
        .message = std::to_string(found.size()) + " runs of the history begin with " + inQuotes(beginning) + "; write more of the id."};
}

int listRuns(const HistoryArguments& arguments) {
    auto library = openHistory(arguments);
    if (!library) {
        return report(library.error());
    }
    std::string typed;
    for (const std::string& word : arguments.words) {
        typed += word + " ";
    }
    const auto entries = library->list(typed, arguments.trashed);
    if (!entries) {
        return report(entries.error());
    }
    arguments.asJson ? printAsJson(*entries) : printAsLines(*entries);
    return kSuccess;
}

int saveRun(const Trace& trace, const std::string& output) {
    if (const Result<void> saved = saveTrace(output, trace); !saved) {
        return report(saved.error());
    }
    std::fprintf(stderr, "%s\n", output.c_str());
    return kSuccess;
}

int showRun(const HistoryArguments& arguments) {
    auto library = openHistory(arguments);
    if (!library) {
        return report(library.error());
    }
    const auto entries = everyRun(*library);
    if (!entries) {
        return report(entries.error());
    }
    const auto entry = findRun(*entries, arguments.run);
    if (!entry) {
        return report(entry.error());
    }
    // Of a run that was opened from a file the history has no steps: they are in that file.
    const auto trace = entry->hasSteps ? library->read(entry->id) : readTrace(entry->file);
    if (!trace) {
        return report(trace.error());
    }
    if (!arguments.output.empty()) {
        return saveRun(*trace, arguments.output);
    }
    arguments.asJson ? printAsJson({*entry}) : printRun(*entry, *trace);
    return kSuccess;
}

int moveToTrash(const HistoryArguments& arguments) {
    auto library = openHistory(arguments);
    if (!library) {
        return report(library.error());
    }
    const auto entries = everyRun(*library);
    if (!entries) {
        return report(entries.error());
    }
    std::vector<std::string> ids;
    for (const std::string& run : arguments.runs) {
        const auto entry = findRun(*entries, run);
        if (!entry) {
            return report(entry.error());
        }
        ids.push_back(entry->id);
    }
    const Result<void> moved = arguments.restores ? library->restore(ids) : library->trash(ids, now());
    if (!moved) {
        return report(moved.error());
    }
    const char* const what = arguments.restores ? "taken out of the trash" : "in the trash; 'history trash --restore' takes out again";
    std::fprintf(stderr, "%zu %s %s\n", ids.size(), ids.size() == 1 ? "run" : "runs", what);
    return kSuccess;
}

int history(const CLI::App& command, const HistoryArguments& arguments) {
    if (command.got_subcommand("show")) {
        return showRun(arguments);
    }
    return command.got_subcommand("trash") ? moveToTrash(arguments) : listRuns(arguments);
}

}  // namespace

Command addHistoryCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("history", "The runs that the window keeps: list, search, show and trash them");
    auto arguments = std::make_shared<HistoryArguments>();
    command->require_subcommand(1);
    command->add_option("--library", arguments->library, "The history's file; default: the window's own");

    CLI::App* list = command->add_subcommand("list", "Every run, newest first");
    CLI::App* search = command->add_subcommand("search", "The runs with all of these words in title, prompt, answer, note or bookmarks");
    search->add_option("WORDS", arguments->words, "Words, or their beginnings; several are all to be found")->required();
    CLI::App* show = command->add_subcommand("show", "What one run was asked, how it was made and what it answered");
    show->add_option("RUN", arguments->run, "Its id, or the beginning of it")->required();
    show->add_option("-o,--output", arguments->output, "Write the run into this trace file instead");
    for (CLI::App* each : {list, search}) {
        each->add_flag("--trashed", arguments->trashed, "Those in the trash instead");
    }
    for (CLI::App* each : {list, search, show}) {
        each->add_flag("--json", arguments->asJson, "As JSON, one run a line");
    }
    CLI::App* trash = command->add_subcommand("trash", "Move runs into the trash, which the window empties of what is older than 30 days");
    trash->add_option("RUN", arguments->runs, "Their ids, or the beginnings of them")->required();
    trash->add_flag("--restore", arguments->restores, "Take them out again");
    return {.app = command, .run = [command, arguments](const InterruptWatcher&) { return history(*command, *arguments); }};
}

}  // namespace crystallite::cli
