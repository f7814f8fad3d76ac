#include "engine/formats/json_document.h"

#include "engine/base/in_quotes.h"
#include "engine/base/mapped_file.h"

#include <set>
#include <string>
#include <vector>

namespace crystallite {
namespace {

constexpr int kDeepest = 32;

/// Sees every event of the parser and remembers what JSON allows but no file of ours may hold.
class StructureCheck {
public:
    /// False drops the value: what is behind a fault is not worth memory.
    bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (!fault_.empty()) {
            return false;
        }
        if (depth > kDeepest) {
            fault_ = "is nested deeper than " + std::to_string(kDeepest) + " levels";
        } else if (event == Event::object_start) {
            keys_.emplace_back();
        } else if (event == Event::object_end) {
            keys_.pop_back();
        } else if (event == Event::key && !keys_.back().insert(value.get_ref<const std::string&>()).second) {
            fault_ = "holds " + inQuotes(value.get_ref<const std::string&>()) + " twice in one object";
        }
        return fault_.empty();
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    std::vector<std::set<std::string>> keys_;  // of the objects that are open
    std::string fault_;
};

}  // namespace

Result<nlohmann::json> parseJsonDocument(std::string_view text, std::string_view name) {
    StructureCheck check;
    const auto watch = [&check](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
        return check(depth, event, value);
    };
    nlohmann::json document = nlohmann::json::parse(text.begin(), text.end(), watch, false);
    if (!check.fault().empty()) {
        return Error{ErrorKind::Corrupt, inQuotes(name) + " is damaged: it " + check.fault() + "; download the file again"};
    }
    if (document.is_discarded()) {
        return Error{ErrorKind::Corrupt, inQuotes(name) + " is not valid JSON; download the file again"};
    }
    return document;
}

Result<nlohmann::json> readJsonDocument(const std::filesystem::path& path, uint64_t mostBytes) {
    const Result<MappedFile> file = MappedFile::open(path);
    if (!file) {
        return file.error();
    }
    const std::span<const std::byte> bytes = file->bytes();
    if (bytes.size() > mostBytes) {
        return Error{ErrorKind::Unsupported, inQuotes(path.filename().string()) + " has " + std::to_string(bytes.size()) +
                                                 " bytes; a file of this name has at most " + std::to_string(mostBytes)};
    }
    return parseJsonDocument({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.filename().string());
}

}  // namespace crystallite
