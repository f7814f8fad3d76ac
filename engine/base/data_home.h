#pragma once

#include <filesystem>

namespace crystallite {

/// $XDG_DATA_HOME, else ~/.local/share (XDG Base Directory Specification 0.8); empty where neither is an absolute path.
std::filesystem::path dataHome();

}  // namespace crystallite
