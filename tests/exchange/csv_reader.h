#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A reader of RFC 4180 that shares nothing with the writer. A malformed file fails the running test.
std::vector<std::vector<std::string>> readCsv(std::string_view text);

}  // namespace crystallite
