#include "engine/library/search_query.h"

#include <algorithm>

namespace crystallite {

std::string searchQuery(std::string_view typed) {
    constexpr std::string_view kSpaces(" \t\r\n\f\v\0", 7);
    std::string query;
    for (size_t begin = typed.find_first_not_of(kSpaces); begin != std::string_view::npos;) {
        const size_t end = std::min(typed.find_first_of(kSpaces, begin), typed.size());
        query += query.empty() ? "\"" : " \"";
        for (const char character : typed.substr(begin, end - begin)) {
            query += character;
            if (character == '"') {
                query += character;
            }
        }
        query += "\"*";
        begin = typed.find_first_not_of(kSpaces, end);
    }
    return query;
}

}  // namespace crystallite
