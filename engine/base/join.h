#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// "a, b, c" for messages.
std::string joined(const std::vector<std::string>& names, std::string_view separator);

}  // namespace crystallite
