#pragma once

#include <cstddef>
#include <string_view>

namespace crystallite {

/// Bytes of the White_Space characters (Unicode 15, PropList) at the begin or the end of `text`.
size_t leadingWhiteSpace(std::string_view text);
size_t trailingWhiteSpace(std::string_view text);

/// Whether the first or last character is part of a word: a letter, mark, number or connector such as the underscore.
bool beginsWithWordCharacter(std::string_view text);
bool endsInWordCharacter(std::string_view text);

}  // namespace crystallite
