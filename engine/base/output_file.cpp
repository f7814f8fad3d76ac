#include "engine/base/output_file.h"

#if defined(_WIN32)
#error "OutputFile is written for POSIX; Windows needs CreateFile and MoveFileEx here"
#endif

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kMegabyte = 1'000'000;
constexpr int kPermissions = 0644;

std::string reasonOf(int code) {
    return std::error_code(code, std::generic_category()).message();
}

Error noSpace(const std::filesystem::path& path, uint64_t needed, uint64_t free) {
    return {ErrorKind::Io, "'" + path.string() + "' needs " + std::to_string(needed / kMegabyte) + " MB and its disk has " +
                               std::to_string(free / kMegabyte) + " MB free; make room or choose another folder"};
}

}  // namespace

OutputFile::OutputFile(std::filesystem::path path, std::filesystem::path partial, int descriptor, bool replaces)
    : path_(std::move(path)), partial_(std::move(partial)), descriptor_(descriptor), replaces_(replaces) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      replaces_(other.replaces_) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(partial_, other.partial_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(replaces_, other.replaces_);
    return *this;
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!partial_.empty()) {
        ::unlink(partial_.c_str());
    }
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& path, uint64_t bytes) {
    std::error_code code;
    if (std::filesystem::exists(path, code)) {
        return Error{ErrorKind::InvalidArgument, "'" + path.string() + "' exists already; remove it or choose another name"};
    }
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const std::filesystem::space_info space = std::filesystem::space(folder, code);
    if (!code && space.available < bytes) {
        return noSpace(path, bytes, space.available);
    }
    return open(path, false);
}

Result<OutputFile> OutputFile::replace(const std::filesystem::path& path) {
    return open(path, true);
}

Result<OutputFile> OutputFile::open(const std::filesystem::path& path, bool replaces) {
    const std::filesystem::path partial = path.string() + ".partial-" + std::to_string(::getpid());
    if (replaces) {
        ::unlink(partial.c_str());  // of a program that crashed and whose number is ours now
    }
    const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPermissions);
    if (descriptor < 0) {
        return Error{ErrorKind::Io, "cannot write '" + path.string() + "': " + reasonOf(errno)};
    }
    return OutputFile(path, partial, descriptor, replaces);
}

Error OutputFile::failed(int code) const {
    if (code == ENOSPC || code == EDQUOT) {
        return {ErrorKind::Io, "the disk was full before '" + path_.string() + "' was complete; make room or choose another folder"};
    }
    return {ErrorKind::Io, "cannot write '" + path_.string() + "': " + reasonOf(code)};
}

Result<void> OutputFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return failed(errno);
        }
        bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return {};
}

Result<void> OutputFile::finish() {
    if (::fsync(descriptor_) != 0) {
        return failed(errno);
    }
    // A link does not replace a file that somebody made in the meantime, as a rename would; some file systems have only the latter.
    const bool linked = !replaces_ && ::link(partial_.c_str(), path_.c_str()) == 0;
    if (!linked && ((!replaces_ && errno == EEXIST) || ::rename(partial_.c_str(), path_.c_str()) != 0)) {
        return failed(errno);
    }
    if (linked) {
        ::unlink(partial_.c_str());
    }
    partial_.clear();
    return {};
}

}  // namespace crystallite
