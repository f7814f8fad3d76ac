#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace crystallite {

/// Reads the fields of one protobuf message one after the other (Protocol Buffers, "Encoding") and never past the end.
class ProtobufReader {
public:
    explicit ProtobufReader(std::span<const std::byte> message) : rest_(message) {}

    struct Field {
        uint64_t number = 0;
        uint64_t value = 0;                ///< of a varint; the bits of a fixed number
        std::span<const std::byte> bytes;  ///< of a text or a message

        [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
        /// The field as a 32-bit float.
        [[nodiscard]] float real() const {
            const auto bits = static_cast<uint32_t>(value);
            float number32 = 0.0F;
            std::memcpy(&number32, &bits, sizeof(number32));
            return number32;
        }
        /// The field as a signed number; protobuf writes negative ones in 64 bits.
        [[nodiscard]] int64_t whole() const { return static_cast<int64_t>(value); }
    };

    /// Nothing at the end of the message, and when it is damaged.
    std::optional<Field> next() {
        if (rest_.empty() || failed_) {
            return std::nullopt;
        }
        const uint64_t tag = varint();
        Field field{.number = tag >> 3U};
        constexpr uint64_t kVarint = 0;
        constexpr uint64_t kFixed64 = 1;
        constexpr uint64_t kBytes = 2;
        constexpr uint64_t kFixed32 = 5;
        switch (tag & 7U) {
            case kVarint: field.value = varint(); break;
            case kFixed64: field.value = fixed(8); break;
            case kBytes: field.bytes = take(varint()); break;
            case kFixed32: field.value = fixed(4); break;
            default: failed_ = true;
        }
        return failed_ ? std::nullopt : std::optional(field);
    }

    [[nodiscard]] bool failed() const { return failed_; }

private:
    std::span<const std::byte> take(uint64_t count) {
        if (count > rest_.size()) {
            failed_ = true;
            return {};
        }
        const std::span<const std::byte> taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

    uint64_t fixed(size_t count) {
        const std::span<const std::byte> source = take(count);
        uint64_t value = 0;
        for (size_t i = source.size(); i-- > 0;) {
            value = value << 8U | static_cast<uint64_t>(source[i]);
        }
        return value;
    }

    /// Seven bits a byte, the lowest first; ten bytes at most.
    uint64_t varint() {
        uint64_t value = 0;
        for (uint32_t shift = 0; shift < 70; shift += 7) {
            const std::span<const std::byte> source = take(1);
            if (source.empty()) {
                return 0;
            }
            const auto byte = static_cast<uint64_t>(source.front());
            value |= (byte & 0x7fU) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        failed_ = true;
        return 0;
    }

    std::span<const std::byte> rest_;
    bool failed_ = false;
};

}  // namespace crystallite
