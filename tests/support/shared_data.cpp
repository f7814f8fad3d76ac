#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace crystallite {

std::optional<std::filesystem::path> findSharedData() {
    const std::filesystem::path beside = sourceFile("../shared/data");
    if (std::filesystem::is_directory(beside)) {
        return beside;
    }
    if (std::getenv("CI") != nullptr) {
        ADD_FAILURE() << "CI must have the reference data in ../shared/data; it has not";
    }
    return std::nullopt;
}

std::filesystem::path sourceFile(const std::filesystem::path& relative) {
    return std::filesystem::path(CRYSTALLITE_SOURCE_DIR) / relative;
}

}  // namespace crystallite
