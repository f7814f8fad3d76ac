#include "engine/base/in_quotes.h"

namespace crystallite {
namespace {

constexpr size_t kLongestBytes = 80;
constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

std::string inQuotes(std::string_view text) {
    std::string out = "'";
    for (const char character : text.substr(0, kLongestBytes)) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte >= 0x20 && byte < 0x7f) {
            out.push_back(character);
        } else {
            out.append("\\x").append({kHexDigits[byte >> 4U], kHexDigits[byte & 15U]});
        }
    }
    if (text.size() > kLongestBytes) {
        out.append("…");
    }
    return out + "'";
}

}  // namespace crystallite
