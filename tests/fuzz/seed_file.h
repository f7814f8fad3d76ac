#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace crystallite {

inline void writeSeed(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace crystallite
