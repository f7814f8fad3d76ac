#pragma once

#include <string>
#include <string_view>

namespace crystallite {

/// `text` between single quotes for a message to a person: bytes that are not printable ASCII are written \xNN, and a text longer than
/// 80 bytes is cut with "…". Names from a file are foreign input: they must not move the terminal's cursor or fill the screen.
std::string inQuotes(std::string_view text);

}  // namespace crystallite
