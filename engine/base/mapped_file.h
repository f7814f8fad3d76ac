#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace crystallite {

/// A whole file mapped read-only. Pages are read when they are first touched; the bytes stay valid until destruction. Any thread.
/// A file that another program cuts short while it is mapped raises SIGBUS on access: the price of not copying gigabytes.
class MappedFile {
public:
    /// NotFound when there is no such file; Io when it cannot be read, is no regular file or is empty.
    static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

private:
    explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::span<const std::byte> bytes_;
};

}  // namespace crystallite
