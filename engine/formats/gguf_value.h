#pragma once

#include "engine/formats/byte_reader.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crystallite {

/// Type tags of metadata values; the numbers are the format's.
enum class GgufType : uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, String, Array, U64, I64, F64 };

/// An array as it lies in the file: already walked to its end, decoded only when asked for, so that a hostile count allocates nothing.
struct GgufArray {
    GgufType elementType = GgufType::U8;
    uint64_t count = 0;
    std::span<const std::byte> bytes;

    /// Nothing when the elements are not strings.
    [[nodiscard]] std::optional<std::vector<std::string>> strings() const;
    /// Nothing when the elements are not integers, or one does not fit.
    [[nodiscard]] std::optional<std::vector<int64_t>> integers() const;
    /// Nothing when the elements are not F32.
    [[nodiscard]] std::optional<std::vector<float>> floats() const;
};

/// Integers are widened, F32 becomes double. Strings and arrays point into the file.
using GgufValue = std::variant<uint64_t, int64_t, double, bool, std::string_view, GgufArray>;

/// Bytes of one number or bool; 0 for strings, arrays and type tags that do not exist.
uint64_t scalarBytes(GgufType type);

/// The next number or bool; `scalarBytes(type)` must not be 0.
GgufValue readScalar(ByteReader& reader, GgufType type);

}  // namespace crystallite
