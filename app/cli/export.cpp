#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/base/in_quotes.h"
#include "engine/exchange/export_run.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

struct ExportArguments {
    std::string trace;
    std::string format;
    std::string file;
    std::string table = "slots";
    std::string theme = "desktop";
};

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// As named, or by the ending of the file.
Result<DataFormat> formatOf(const ExportArguments& arguments) {
    std::string name = arguments.format;
    if (name.empty()) {
        name = std::filesystem::path(arguments.file).extension().string();
        name.erase(0, 1);
    }
    if (const auto format = findDataFormat(name)) {
        return *format;
    }
    for (const char* picture : {"png", "svg", "gif", "webm", "mp4"}) {
        if (name == picture) {
            return invalid("A picture needs fonts, which this program does without: use crystallite --export " + inQuotes(arguments.trace) +
                           " --output " + inQuotes(arguments.file) + ", which needs no display.");
        }
    }
    return invalid("A run cannot be exported as " + inQuotes(name) + "; choose one of csv, json, html with --to.");
}

Result<PageTheme> themeOf(const std::string& name) {
    if (name == "desktop") {
        return PageTheme::Desktop;
    }
    if (name != "dark" && name != "light") {
        return invalid("There is no theme " + inQuotes(name) + "; choose one of desktop, dark, light.");
    }
    return name == "dark" ? PageTheme::Dark : PageTheme::Light;
}

Result<DataExport> wantedBy(const ExportArguments& arguments) {
    const auto format = formatOf(arguments);
    if (!format) {
        return format.error();
    }
    const auto table = parseCsvTable(arguments.table);
    if (!table) {
        return table.error();
    }
    const auto theme = themeOf(arguments.theme);
    if (!theme) {
        return theme.error();
    }
    return DataExport{
        .format = *format, .table = *table, .page = {.name = std::filesystem::path(arguments.trace).filename().string(), .theme = *theme}};
}

int exportTrace(const ExportArguments& arguments, const std::stop_token& stop) {
    const auto wanted = wantedBy(arguments);
    if (!wanted) {
        return report(wanted.error());
    }
    const auto trace = readTrace(arguments.trace);
    if (!trace) {
        return report(trace.error());
    }
    ProgressLine line(arguments.file);
    const ExportWatch watch{.stop = stop, .progress = [&line](double share) { line.show(share); }};
    if (const auto written = exportRun(*trace, arguments.file, *wanted, watch); !written) {
        return report(written.error());
    }
    std::fprintf(stderr, "%s, %s\n", arguments.file.c_str(), formatBytes(std::filesystem::file_size(arguments.file)).c_str());
    return kSuccess;
}

}  // namespace

Command addExportCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("export", "Write a trace as a table, as JSON, or as a page that plays it in a browser");
    auto arguments = std::make_shared<ExportArguments>();
    command->add_option("TRACE", arguments->trace, "The trace")->required();
    command->add_option("--to", arguments->format, "csv, json or html; default: what the ending of the file says");
    command->add_option("-o,--output", arguments->file, "The file to write; one of its name is replaced")->required();
    command->add_option("--table", arguments->table, "Of csv: slots (a line per slot and step), steps or tokens")->capture_default_str();
    command->add_option("--theme", arguments->theme, "Of html: desktop (as the reader's), dark or light")->capture_default_str();
    return {.app = command, .run = [arguments](const InterruptWatcher& interrupt) { return exportTrace(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
