#include "engine/base/data_home.h"

#include <cstdlib>

namespace crystallite {

std::filesystem::path dataHome() {
    const char* const named = std::getenv("XDG_DATA_HOME");
    const std::filesystem::path data = named == nullptr ? "" : named;
    if (data.is_absolute()) {
        return data;
    }
    const char* const home = std::getenv("HOME");
    const std::filesystem::path user = home == nullptr ? "" : home;
    return user.is_absolute() ? user / ".local" / "share" : std::filesystem::path();
}

}  // namespace crystallite
