#pragma once

#include <string>
#include <string_view>

namespace crystallite::cli {

/// Of the option --cache.
inline constexpr const char* kCacheHelp =
    "Keys and values kept from pass to pass: none, exact (changes nothing; of models that write block after block or from left to right, "
    "and "
    "their default), prefix or dual (of full canvases; approximate), sub-block (of fast-dllm-v2; approximate)";

/// "--top-p" for the option "top_p".
std::string optionName(std::string_view option);

}  // namespace crystallite::cli
