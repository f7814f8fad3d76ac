#include "app/cli/history_lines.h"

#include "app/cli/text_width.h"
#include "engine/base/assert.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <ctime>
#include <string>

namespace crystallite::cli {
namespace {

using nlohmann::json;

constexpr size_t kShownId = 8;
constexpr uint32_t kWidestTitle = 60;

std::string stateOf(const RunEntry& entry) {
    switch (entry.source) {
        case RunSource::File: return "file";
        case RunSource::Recovered: return "recovered";
        case RunSource::Ended: break;
    }
    switch (entry.status) {
        case RunStatus::Running: return "running";
        case RunStatus::Complete: return "complete";
        case RunStatus::Stopped: return "stopped";
        case RunStatus::Failed: return "failed";
    }
    ENGINE_ASSERT(false);
}

std::string timeOf(int64_t milliseconds) {
    const std::time_t seconds = milliseconds / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &utc);
    return text;
}

/// On one line, cut at a width that a terminal of 120 columns has room for.
std::string titleOf(const RunEntry& entry) {
    const std::string whole = printable(entry.title.empty() ? entry.prompt : entry.title);
    std::string title;
    uint32_t width = 0;
    for (size_t at = 0; at < whole.size();) {
        size_t end = at + 1;
        while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
        width += textWidth(whole.substr(at, end - at));
        if (width > kWidestTitle) {
            return title + "…";
        }
        title += whole.substr(at, end - at);
        at = end;
    }
    return title;
}

json entryOf(const RunEntry& entry) {
    json object = {{"id", entry.id},
                   {"created", entry.created},
                   {"trashed", entry.trashed != 0},
                   {"state", stateOf(entry)},
                   {"steps", entry.steps},
                   {"title", entry.title},
                   {"note", entry.note},
                   {"model", entry.model},
                   {"prompt", entry.prompt},
                   {"length", entry.length},
                   {"planned_steps", entry.plannedSteps},
                   {"block_length", entry.blockLength},
                   {"temperature", entry.temperature},
                   {"seed", entry.seed},
                   {"policy", entry.policy}};
    object["parent"] = entry.parent.empty() ? json() : json({{"id", entry.parent}, {"step", entry.parentStep}});
    object["file"] = entry.file.empty() ? json() : json(entry.file);
    object["bookmarks"] = json::array();
    for (const Bookmark& bookmark : entry.bookmarks) {
        object["bookmarks"].push_back({{"frame", bookmark.frame}, {"note", bookmark.note}});
    }
    return object;
}

void printLine(const char* name, const std::string& value) {
    if (!value.empty()) {
        std::printf("%-12s %s\n", name, value.c_str());
    }
}

}  // namespace

void printAsLines(const std::vector<RunEntry>& entries) {
    for (const RunEntry& entry : entries) {
        std::printf("%-8s  %s  %-9s  %5u steps  %-12s  %s\n", entry.id.substr(0, kShownId).c_str(), timeOf(entry.created).c_str(),
                    stateOf(entry).c_str(), entry.steps, printable(entry.model).c_str(), titleOf(entry).c_str());
    }
}

void printAsJson(const std::vector<RunEntry>& entries) {
    for (const RunEntry& entry : entries) {
        // A prompt is cut at a number of bytes and may end inside a character.
        std::printf("%s\n", entryOf(entry).dump(-1, ' ', false, json::error_handler_t::replace).c_str());
    }
}

void printRun(const RunEntry& entry, const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    printLine("run", entry.id);
    printLine("title", printable(entry.title));
    printLine("made", timeOf(entry.created) + " UTC, " + stateOf(entry) + (entry.trashed != 0 ? ", in the trash" : ""));
    if (!entry.parent.empty()) {
        printLine("branch of", entry.parent + " after step " + std::to_string(entry.parentStep));
    }
    printLine("file", printable(entry.file));
    printLine("model", printable(trace.header().modelName) + " on " + printable(trace.header().device));
    char numbers[128];
    std::snprintf(numbers, sizeof(numbers), "%s, temperature %g, seed %llu", std::string(nameOf(settings.policy)).c_str(),
                  static_cast<double>(settings.temperature), static_cast<unsigned long long>(settings.seed));
    printLine("policy", numbers);
    printLine("steps", std::to_string(trace.steps()) + " of " + std::to_string(settings.steps));
    printLine("note", printable(entry.note));
    for (const Bookmark& bookmark : trace.bookmarks()) {
        printLine("bookmark", "step " + std::to_string(bookmark.frame) + (bookmark.note.empty() ? "" : ": " + printable(bookmark.note)));
    }
    printLine("prompt", printable(trace.header().prompt));
    std::printf("\n%s\n", trace.answerText(trace.steps(), "_", true).c_str());
}

}  // namespace crystallite::cli
