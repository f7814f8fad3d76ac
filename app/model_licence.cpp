#include "app/model_licence.h"

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

namespace crystallite {
namespace {

constexpr size_t kLongestLine = 256;
constexpr int kMostLines = 500;  // of a block: a card that goes on may list every language there is
constexpr std::string_view kKey = "license:";

std::string trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(" \t\r'\"");
    const size_t last = text.find_last_not_of(" \t\r'\"");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

}  // namespace

std::string licenceInCard(const std::filesystem::path& folder) {
    std::error_code ignored;
    const std::filesystem::path card = folder / "README.md";
    if (!std::filesystem::is_regular_file(card, ignored)) {
        return {};
    }
    std::ifstream file(card, std::ios::binary);
    std::array<char, kLongestLine> buffer{};
    for (int number = 0; number < kMostLines && file; ++number) {
        file.getline(buffer.data(), buffer.size());
        const std::string_view line(buffer.data());
        const bool isFence = trimmed(line) == "---";
        if ((number == 0) != isFence) {
            return {};  // no block, or its end
        }
        if (line.starts_with(kKey)) {
            return trimmed(line.substr(kKey.size()));
        }
        if (file.fail() && !file.eof() && file.gcount() > 0) {
            file.clear();  // the rest of a longer line
            file.ignore(1 << 20, '\n');
        }
    }
    return {};
}

}  // namespace crystallite
