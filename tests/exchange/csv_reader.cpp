#include "tests/exchange/csv_reader.h"

#include <gtest/gtest.h>

namespace crystallite {

std::vector<std::vector<std::string>> readCsv(std::string_view text) {
    std::vector<std::vector<std::string>> lines;
    size_t at = 0;
    while (at < text.size()) {
        std::vector<std::string> cells;
        for (bool more = true; more;) {
            std::string cell;
            if (text[at] == '"') {
                for (++at; at < text.size() && (text[at] != '"' || (at + 1 < text.size() && text[at + 1] == '"')); ++at) {
                    cell += text[at];
                    at += text[at] == '"' ? 1 : 0;
                }
                ++at;
            } else {
                for (; at < text.size() && text[at] != ',' && text[at] != '\r'; ++at) {
                    EXPECT_NE(text[at], '"') << "a quotation mark inside a bare cell, at byte " << at;
                    cell += text[at];
                }
            }
            cells.push_back(cell);
            more = at < text.size() && text[at] == ',';
            at += more ? 1 : 0;
        }
        EXPECT_EQ(text.substr(at, 2), "\r\n") << "line " << lines.size() + 1;
        at += 2;
        lines.push_back(std::move(cells));
    }
    return lines;
}

}  // namespace crystallite
