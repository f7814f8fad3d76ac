#include "app/cli/eval_lines.h"

#include "engine/base/in_quotes.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace crystallite::cli {

Error badLine(const std::string& file, size_t line, const std::string& what) {
    return {ErrorKind::Corrupt, "line " + std::to_string(line) + " of " + inQuotes(file) + " " + what};
}

namespace {

using nlohmann::json;

/// The text under `key` of a JSON line; a line that is not JSON is the text itself when `orPlain`.
Result<std::string> textOf(const std::string& file, size_t number, const std::string& line, const char* key, PlainLines plain) {
    const json object = json::parse(line, nullptr, false);
    if (object.is_object() && object.contains(key) && object[key].is_string()) {
        return object[key].get<std::string>();
    }
    if (plain == PlainLines::Texts && !object.is_object()) {
        return line;
    }
    return badLine(file, number, "is not a JSON object with the text " + inQuotes(key));
}

}  // namespace

Result<std::vector<std::string>> readLines(const std::string& path, uint32_t limit) {
    std::ifstream file(path);
    if (!file) {
        return Error{ErrorKind::NotFound, "the file " + inQuotes(path) + " cannot be read; check its name"};
    }
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line) && (limit == 0 || lines.size() < limit);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) {
            lines.push_back(line);
        }
    }
    if (lines.empty()) {
        return Error{ErrorKind::Corrupt, "the file " + inQuotes(path) + " holds nothing to measure"};
    }
    return lines;
}

Result<std::vector<std::string>> readTexts(const std::string& file, const char* key, PlainLines plain, uint32_t limit) {
    auto lines = readLines(file, limit);
    for (size_t index = 0; lines && index < lines->size(); ++index) {
        const Result<std::string> text = textOf(file, index + 1, (*lines)[index], key, plain);
        if (!text) {
            return text.error();
        }
        (*lines)[index] = *text;
    }
    return lines;
}

bool wasCancelled(const Error& error) {
    return error.kind == ErrorKind::Cancelled;
}

}  // namespace crystallite::cli
