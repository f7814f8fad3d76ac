#include "engine/exchange/json_writer.h"

#include "engine/base/assert.h"
#include "engine/exchange/number_text.h"
#include "engine/text/utf8.h"

#include <array>
#include <cstdio>

namespace crystallite {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

void appendUnicode(std::string& text, uint32_t unit) {
    std::array<char, 8> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u%04x", unit);
    text += escape.data();
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
    ENGINE_ASSERT(!filled_.empty() && !afterKey_);
    separate();
    text_ += '\n';
    quote(name);
    text_ += ':';
    afterKey_ = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view utf8) {
    separate();
    quote(utf8);
    return *this;
}

JsonWriter& JsonWriter::number(float value) {
    const std::string digits = numberText(value);
    return raw(digits.empty() ? "null" : digits);
}

JsonWriter& JsonWriter::number(double value) {
    const std::string digits = numberText(value);
    return raw(digits.empty() ? "null" : digits);
}

Result<void> JsonWriter::flush() {
    const Result<void> written = sink_(text_);
    text_.clear();
    return written;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    filled_.push_back(false);
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    ENGINE_ASSERT(!filled_.empty() && !afterKey_);
    filled_.pop_back();
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
    separate();
    text_ += text;
    return *this;
}

void JsonWriter::separate() {
    if (afterKey_) {
        afterKey_ = false;
    } else if (!filled_.empty()) {
        if (filled_.back()) {
            text_ += ',';
        }
        filled_.back() = true;
    }
}

void JsonWriter::quote(std::string_view utf8) {
    text_ += '"';
    while (!utf8.empty()) {
        std::string_view sound = utf8.substr(0, wellFormedUtf8Prefix(utf8));
        utf8.remove_prefix(sound.size());
        while (!sound.empty()) {
            const std::string_view before = sound;
            const char32_t character = takeCodePoint(sound);
            const bool isUnsafe = character < 0x20 || character == 0x7F || character == U'<' || character == U'>' || character == U'&' ||
                                  character == 0x2028 || character == 0x2029;
            if (isUnsafe) {
                appendUnicode(text_, static_cast<uint32_t>(character));
            } else if (character == U'"' || character == U'\\') {
                text_ += '\\';
                text_ += static_cast<char>(character);
            } else {
                text_ += before.substr(0, before.size() - sound.size());
            }
        }
        if (!utf8.empty()) {
            text_ += kReplacement;
            utf8.remove_prefix(1);
        }
    }
    text_ += '"';
}

}  // namespace crystallite
