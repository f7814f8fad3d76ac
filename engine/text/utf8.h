#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crystallite {

/// Bytes of the longest prefix of `text` that is well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms).
size_t wellFormedUtf8Prefix(std::string_view text);

/// The next code point of well-formed text, which is shortened by it.
char32_t takeCodePoint(std::string_view& text);

void appendUtf8(std::string& text, char32_t codePoint);

}  // namespace crystallite
