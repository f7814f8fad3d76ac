#pragma once

#include <string>
#include <string_view>

namespace crystallite::cli {

/// "--top-p" for the option "top_p".
std::string optionName(std::string_view option);

}  // namespace crystallite::cli
