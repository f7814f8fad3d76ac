#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace crystallite {

static_assert(std::endian::native == std::endian::little, "the formats are little-endian and are read without swapping bytes");

/// Reads little-endian values one after the other and never past the end. After the first read that does not fit, `failed()` is true and
/// every value is zero or empty, so that a caller may check once after a group of reads; loops must check in each turn.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] uint64_t position() const { return position_; }
    [[nodiscard]] uint64_t remaining() const { return failed_ ? 0 : bytes_.size() - position_; }

    template <typename T>
    T number() {
        static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>);
        T value = {};
        const std::span<const std::byte> source = take(sizeof(T));
        if (!failed_) {
            std::memcpy(&value, source.data(), sizeof(T));
        }
        return value;
    }

    std::span<const std::byte> take(uint64_t count) {
        if (count > remaining()) {
            failed_ = true;
            return {};
        }
        const std::span<const std::byte> taken = bytes_.subspan(position_, count);
        position_ += count;
        return taken;
    }

    /// A 64-bit length and that many bytes.
    std::string_view text() {
        const std::span<const std::byte> source = take(number<uint64_t>());
        return {reinterpret_cast<const char*>(source.data()), source.size()};
    }

private:
    std::span<const std::byte> bytes_;
    uint64_t position_ = 0;
    bool failed_ = false;
};

}  // namespace crystallite
