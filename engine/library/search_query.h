#pragma once

#include <string>
#include <string_view>

namespace crystallite {

/// What a person typed, as a query of SQLite's FTS5 (sqlite.org/fts5.html, section 3): every word, in any column, each as the beginning of
/// one. Nothing in it is an operator: words are quoted as FTS5's strings. Empty when there is no word.
std::string searchQuery(std::string_view typed);

}  // namespace crystallite
