#pragma once

#include <string>
#include <string_view>

namespace crystallite {

/// Whether all of `bytes` is well-formed UTF-8.
bool isUtf8(std::string_view bytes);

/// The bytes as two lower-case hexadecimal digits each.
std::string hexOf(std::string_view bytes);

/// The bytes of a token as one line of UTF-8 that gives every byte back: `\n`, `\t`, `\\`, and `\xNN` for other control characters, for
/// bytes that are not part of UTF-8, and for a first `=`, `+`, `-` or `@`, which a spreadsheet would take for a formula.
std::string escapedToken(std::string_view bytes);

/// RFC 4180: between quotation marks, doubled inside, when it holds a comma, a quotation mark or a line break.
std::string csvCell(std::string_view text);

}  // namespace crystallite
