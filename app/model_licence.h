#pragma once

#include <filesystem>
#include <string>

namespace crystallite {

/// The licence that the model card of a checkpoint's folder states: `license:` in the block of `README.md` between its first two lines
/// "---", as Hugging Face defines it. Empty where there is no such line, or no card.
[[nodiscard]] std::string licenceInCard(const std::filesystem::path& folder);

}  // namespace crystallite
