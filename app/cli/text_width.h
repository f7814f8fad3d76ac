#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crystallite::cli {

/// Columns that `text` takes in a terminal. Bytes that are not UTF-8 count as one column each.
uint32_t textWidth(std::string_view text);

/// `bytes` of a token made safe to print: control characters and bytes that are not UTF-8 become "\xNN", a newline "↵".
std::string printable(std::string_view bytes);

}  // namespace crystallite::cli
