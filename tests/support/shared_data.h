#pragma once

#include <filesystem>
#include <optional>

namespace crystallite {

/// The folder of reference data that lies beside a checkout (`../shared/data`), if this machine has one.
/// Under CI its absence fails the calling test: a suite must not shrink unseen.
std::optional<std::filesystem::path> findSharedData();

/// A file of the source tree, by its path from the root.
std::filesystem::path sourceFile(const std::filesystem::path& relative);

}  // namespace crystallite

/// Declares `name` as the path of the shared data, or skips the test (fails it under CI).
#define REQUIRE_SHARED_DATA(name)                                     \
    const auto name##Found = ::crystallite::findSharedData();         \
    if (!name##Found)                                                 \
        GTEST_SKIP() << "needs the reference data in ../shared/data"; \
    const std::filesystem::path& name = *name##Found
