#pragma once

#include "engine/trace/sqlite.h"

#include <limits>
#include <optional>

namespace crystallite {

/// A trace file that contradicts itself; `why` is the rest of the sentence that says so.
inline Error corruptTrace(const std::filesystem::path& path, const std::string& why) {
    return {.kind = ErrorKind::Corrupt,
            .message = "The trace " + quotedPath(path) + " is damaged: " + why + "; use a backup or run the prompt again."};
}

/// The columns of one row in their order. A value of the wrong type or out of range is remembered and read as nothing.
class TraceRow {
public:
    explicit TraceRow(const Statement& statement) : statement_(statement) {}

    int64_t integer() { return accept(SQLITE_INTEGER) ? statement_.integer(column_ - 1) : 0; }
    uint32_t unsigned32() { return inRange(integer()); }
    /// Nothing where the column holds `nothing`.
    std::optional<uint32_t> optionalUnsigned32(int64_t nothing) {
        const int64_t value = integer();
        return value == nothing ? std::nullopt : std::optional(inRange(value));
    }
    double real() { return accept(SQLITE_FLOAT) ? statement_.real(column_ - 1) : 0.0; }
    std::string text() { return accept(SQLITE_TEXT) ? statement_.text(column_ - 1) : std::string(); }
    std::vector<std::byte> blob() { return accept(SQLITE_BLOB) ? statement_.blob(column_ - 1) : std::vector<std::byte>(); }
    [[nodiscard]] bool sound() const { return sound_; }

    template <typename T>
    T unpacked(std::optional<T> (*unpack)(std::span<const std::byte>)) {
        std::optional<T> value = unpack(blob());
        sound_ = sound_ && value.has_value();
        return value ? std::move(*value) : T();
    }

private:
    bool accept(int type) {
        sound_ = statement_.columnType(column_++) == type && sound_;
        return sound_;
    }
    uint32_t inRange(int64_t value) {
        sound_ = sound_ && value >= 0 && value <= std::numeric_limits<uint32_t>::max();
        return sound_ ? static_cast<uint32_t>(value) : 0;
    }

    const Statement& statement_;
    int column_ = 0;
    bool sound_ = true;
};

}  // namespace crystallite
