#include "app/cli/text_width.h"

#include "engine/text/utf8.h"

#include <array>
#include <cstdio>
#include <cwchar>

namespace crystallite::cli {
namespace {

std::string hexEscape(unsigned char byte) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "\\x%02X", byte);
    return text.data();
}

void appendPrintable(std::string& out, char32_t codePoint) {
    if (codePoint == U'\n') {
        out += "↵";
    } else if (codePoint < 0x20 || codePoint == 0x7f) {
        out += hexEscape(static_cast<unsigned char>(codePoint));
    } else {
        appendUtf8(out, codePoint);
    }
}

}  // namespace

uint32_t textWidth(std::string_view text) {
    uint32_t width = 0;
    while (!text.empty()) {
        std::string_view valid = text.substr(0, wellFormedUtf8Prefix(text));
        text.remove_prefix(valid.size());
        while (!valid.empty()) {
            const int columns = wcwidth(static_cast<wchar_t>(takeCodePoint(valid)));
            width += columns > 0 ? static_cast<uint32_t>(columns) : 0;
        }
        if (!text.empty()) {
            text.remove_prefix(1);
            ++width;
        }
    }
    return width;
}

std::string printable(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        std::string_view valid = bytes.substr(0, wellFormedUtf8Prefix(bytes));
        bytes.remove_prefix(valid.size());
        while (!valid.empty()) {
            appendPrintable(out, takeCodePoint(valid));
        }
        if (!bytes.empty()) {
            out += hexEscape(static_cast<unsigned char>(bytes.front()));
            bytes.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace crystallite::cli
