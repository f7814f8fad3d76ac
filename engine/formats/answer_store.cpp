#include "engine/formats/answer_store.h"

#if defined(_WIN32)
#error "AnswerStore is written for POSIX; Windows needs LockFileEx and %LOCALAPPDATA% here"
#endif

#include "engine/base/assert.h"
#include "engine/base/data_home.h"
#include "engine/base/in_quotes.h"
#include "engine/base/output_file.h"
#include "engine/formats/json_access.h"
#include "engine/formats/json_document.h"
#include "engine/text/utf8.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kMostBytes = 1'000'000;

constexpr const char* kModelKey = "model";
constexpr const char* kFamilyKey = "family";
constexpr const char* kTokenizerKey = "tokenizer";
constexpr const char* kChatFormatKey = "chat_format";

std::string reasonOf(int code) {
    return std::error_code(code, std::generic_category()).message();
}

/// Keeps other programs from changing the folder. Where the file system knows no locks, nobody waits.
class FolderLock {
public:
    static Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    // A writer holds it for milliseconds; one that was frozen meanwhile must not freeze the others.
    constexpr int kTries = 500;
    constexpr std::chrono::milliseconds kPause(10);
    FolderLock lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.descriptor_ < 0) {
        return Error{ErrorKind::Io, "cannot open the folder " + inQuotes(folder.string()) + ": " + reasonOf(errno)};
    }
    for (int i = 0; i < kTries; ++i) {
        const bool held = ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR);
        if (!held) {
            return lock;
        }
        std::this_thread::sleep_for(kPause);
    }
    return Error{ErrorKind::Io, "another program does not let go of the folder " + inQuotes(folder.string())};
}

Error damaged(const std::filesystem::path& file, const std::string& why) {
    return {ErrorKind::Corrupt, "what was answered about this model cannot be used, because " + inQuotes(file.string()) + " " + why +
                                    "; say it again, and it is written anew"};
}

/// An object, or the reason why not; nothing when there is no file.
Result<std::optional<Json>> readObject(const std::filesystem::path& file) {
    std::error_code code;
    if (std::filesystem::file_size(file, code) == 0 && !code) {
        return damaged(file, "is empty");
    }
    Result<Json> document = readJsonDocument(file, kMostBytes);
    if (document && document->is_object()) {
        return std::optional(std::move(document).value());
    }
    if (!document && document.error().kind == ErrorKind::NotFound) {
        return std::optional<Json>();
    }
    return document || document.error().kind == ErrorKind::Corrupt ? damaged(file, "is damaged") : document.error();
}

/// Absent reads as empty; nothing for what is no text.
std::optional<std::string> textAt(const Json& object, const char* key) {
    const Json* const value = findMember(object, key);
    const std::string* const text = stringOf(value);
    return text != nullptr ? std::optional(*text) : value == nullptr ? std::optional(std::string()) : std::nullopt;
}

/// Empty text changes nothing. InvalidArgument for what is no UTF-8, which JSON must be.
Result<void> setText(Json& object, const char* key, const std::string& text) {
    if (wellFormedUtf8Prefix(text) != text.size()) {
        return Error{ErrorKind::InvalidArgument,
                     inQuotes(text) + " cannot be remembered, because it is not valid UTF-8; rename it, or give it every time"};
    }
    if (!text.empty()) {
        object[key] = text;
    }
    return {};
}

Result<void> writeObject(const std::filesystem::path& file, const Json& object) {
    const std::string text = object.dump(2) + "\n";
    Result<OutputFile> out = OutputFile::replace(file);
    if (!out) {
        return out.error();
    }
    const Result<void> written = out->write(std::as_bytes(std::span(text)));
    return written ? out->finish() : written;
}

}  // namespace

AnswerStore AnswerStore::ofThisPerson() {
    const std::filesystem::path data = dataHome();
    return AnswerStore(data.empty() ? data : data / "crystallite" / "answers");
}

std::filesystem::path AnswerStore::fileOf(const std::string& identity) const {
    const bool isHex = identity.find_first_not_of("0123456789abcdef") == std::string::npos;
    ENGINE_ASSERT(!identity.empty() && isHex);
    return folder_ / (identity + ".json");
}

Result<Answers> AnswerStore::find(const std::string& identity) const {
    if (folder_.empty()) {
        return Answers{};
    }
    const std::filesystem::path file = fileOf(identity);
    const Result<std::optional<Json>> object = readObject(file);
    if (!object) {
        return object.error();
    }
    if (!*object) {
        return Answers{};
    }
    const std::optional<std::string> family = textAt(**object, kFamilyKey);
    const std::optional<std::string> tokenizer = textAt(**object, kTokenizerKey);
    const std::optional<std::string> chatFormat = textAt(**object, kChatFormatKey);
    if (!family || !tokenizer || !chatFormat) {
        return damaged(file, "is damaged");
    }
    return Answers{.family = *family, .tokenizer = *tokenizer, .chatFormat = *chatFormat};
}

Result<void> AnswerStore::remember(const std::string& identity, std::string_view modelName, const Answers& answers) const {
    if (folder_.empty()) {
        return Error{ErrorKind::Io, "there is no folder to remember it in; set HOME or XDG_DATA_HOME"};
    }
    std::error_code code;
    std::filesystem::create_directories(folder_, code);
    if (code) {
        return Error{ErrorKind::Io, "cannot make the folder " + inQuotes(folder_.string()) + ": " + code.message()};
    }
    const Result<FolderLock> lock = FolderLock::take(folder_);
    if (!lock) {
        return lock.error();
    }
    const std::filesystem::path file = fileOf(identity);
    const Result<std::optional<Json>> known = readObject(file);
    if (!known && known.error().kind != ErrorKind::Corrupt) {
        return known.error();
    }
    if (!known) {
        std::filesystem::rename(file, file.string() + ".damaged", code);
    }
    Json object = known && *known ? **known : Json::object();
    const size_t valid = wellFormedUtf8Prefix(modelName);
    const std::array<std::pair<const char*, std::string>, 4> members = {{{kModelKey, std::string(modelName.substr(0, valid))},
                                                                         {kFamilyKey, answers.family},
                                                                         {kTokenizerKey, answers.tokenizer.string()},
                                                                         {kChatFormatKey, answers.chatFormat}}};
    for (const auto& [key, text] : members) {
        if (const Result<void> set = setText(object, key, text); !set) {
            return set;
        }
    }
    return writeObject(file, object);
}

Result<void> AnswerStore::forget(const std::string& identity) const {
    std::error_code code;
    if (folder_.empty() || !std::filesystem::exists(folder_, code)) {
        return {};
    }
    const Result<FolderLock> lock = FolderLock::take(folder_);
    if (!lock) {
        return lock.error();
    }
    const std::filesystem::path file = fileOf(identity);
    std::filesystem::remove(file, code);
    return code ? Error{ErrorKind::Io, "cannot remove " + inQuotes(file.string()) + ": " + code.message()} : Result<void>();
}

}  // namespace crystallite
