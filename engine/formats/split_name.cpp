#include "engine/formats/split_name.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr size_t kDigits = 5;
constexpr std::string_view kBetween = "-of-";
constexpr std::string_view kExtension = ".gguf";

bool areDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string fiveDigits(uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < kDigits ? kDigits - digits.size() : 0, '0') + digits;
}

std::filesystem::path SplitName::part(uint64_t number) const {
    return folder / (stem + "-" + fiveDigits(number) + std::string(kBetween) + fiveDigits(count) + std::string(kExtension));
}

std::optional<SplitName> parseSplitName(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const size_t ending = 1 + kDigits + kBetween.size() + kDigits + kExtension.size();
    if (name.size() <= ending || !name.ends_with(kExtension)) {
        return std::nullopt;
    }
    const std::string_view tail = std::string_view(name).substr(name.size() - ending);
    const std::string_view count = tail.substr(1 + kDigits + kBetween.size(), kDigits);
    const bool fits =
        tail[0] == '-' && areDigits(tail.substr(1, kDigits)) && tail.substr(1 + kDigits, kBetween.size()) == kBetween && areDigits(count);
    if (!fits) {
        return std::nullopt;
    }
    return SplitName{.folder = path.parent_path(), .stem = name.substr(0, name.size() - ending), .count = std::stoull(std::string(count))};
}

}  // namespace crystallite
