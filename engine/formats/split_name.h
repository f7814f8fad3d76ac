#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace crystallite {

/// The name of one part of a split GGUF file: `STEM-00001-of-00005.gguf`.
struct SplitName {
    std::filesystem::path folder;
    std::string stem;
    uint64_t count = 0;

    /// The path of part `number`, counted from 1.
    [[nodiscard]] std::filesystem::path part(uint64_t number) const;
};

/// "00005"
std::string fiveDigits(uint64_t number);

/// Nothing when the name has another form.
std::optional<SplitName> parseSplitName(const std::filesystem::path& path);

}  // namespace crystallite
