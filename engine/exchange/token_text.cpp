#include "engine/exchange/token_text.h"

#include "engine/text/utf8.h"

#include <cstdint>

namespace crystallite {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

void appendHex(std::string& text, char byte) {
    const auto value = static_cast<uint8_t>(byte);
    text += kDigits[value >> 4U];
    text += kDigits[value & 15U];
}

void appendEscaped(std::string& text, char byte, bool first) {
    const bool startsFormula = first && (byte == '=' || byte == '+' || byte == '-' || byte == '@');
    if (byte == '\n') {
        text += "\\n";
    } else if (byte == '\t') {
        text += "\\t";
    } else if (byte == '\\') {
        text += "\\\\";
    } else if (static_cast<uint8_t>(byte) < 0x20 || byte == 0x7F || startsFormula) {
        text += "\\x";
        appendHex(text, byte);
    } else {
        text += byte;
    }
}

}  // namespace

bool isUtf8(std::string_view bytes) {
    return wellFormedUtf8Prefix(bytes) == bytes.size();
}

std::string hexOf(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        appendHex(text, byte);
    }
    return text;
}

std::string escapedToken(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const size_t sound = wellFormedUtf8Prefix(bytes);
        for (const char byte : bytes.substr(0, sound)) {
            appendEscaped(text, byte, text.empty());
        }
        bytes.remove_prefix(sound);
        if (!bytes.empty()) {
            text += "\\x";
            appendHex(text, bytes.front());
            bytes.remove_prefix(1);
        }
    }
    return text;
}

std::string csvCell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char character : text) {
        quoted += character;
        if (character == '"') {
            quoted += '"';
        }
    }
    return quoted + '"';
}

}  // namespace crystallite
