#include "engine/base/mapped_file.h"

#if defined(_WIN32)
#error "MappedFile is written for POSIX; Windows needs CreateFileMapping and MapViewOfFile here"
#endif

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace crystallite {
namespace {

// O_NONBLOCK: opening a pipe must not wait for a writer; regular files ignore it.
class FileDescriptor {
public:
    explicit FileDescriptor(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~FileDescriptor() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

Error systemError(const std::filesystem::path& path, int code) {
    const bool absent = code == ENOENT || code == ENOTDIR;
    const std::string reason = std::error_code(code, std::generic_category()).message();
    return {absent ? ErrorKind::NotFound : ErrorKind::Io, "cannot open '" + path.string() + "': " + reason};
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const FileDescriptor file(path);
    struct stat status = {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return systemError(path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorKind::Io, "cannot open '" + path.string() + "': it is not a regular file"};
    }
    if (status.st_size == 0) {
        return Error{ErrorKind::Io, "cannot open '" + path.string() + "': it is empty"};
    }
    const auto size = static_cast<size_t>(status.st_size);
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (address == MAP_FAILED) {
        return systemError(path, errno);
    }
    return MappedFile(std::span(static_cast<const std::byte*>(address), size));
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) {
        // munmap() takes a plain pointer although it only forgets the pages.
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
    }
}

}  // namespace crystallite
