#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace crystallite {

/// A file that is there only when it is complete: written under a temporary name beside its place and renamed at the end. What was not
/// finished is removed with the object.
class OutputFile {
public:
    /// InvalidArgument when `path` exists already; Io when its folder cannot be written to, or has less than `bytes` free.
    static Result<OutputFile> create(const std::filesystem::path& path, uint64_t bytes);
    /// For a file that takes the place of the one of its name, if there is one, in one instant; other writers of it must wait meanwhile.
    /// Io when its folder cannot be written to.
    static Result<OutputFile> replace(const std::filesystem::path& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Io when the disk is full or fails.
    Result<void> write(std::span<const std::byte> bytes);
    /// Puts the file in its place once its bytes are safe. The object is of no further use.
    Result<void> finish();

private:
    OutputFile(std::filesystem::path path, std::filesystem::path partial, int descriptor, bool replaces);
    static Result<OutputFile> open(const std::filesystem::path& path, bool replaces);
    [[nodiscard]] Error failed(int code) const;

    std::filesystem::path path_;
    std::filesystem::path partial_;  ///< empty when there is nothing to remove
    int descriptor_ = -1;
    bool replaces_ = false;
};

}  // namespace crystallite
