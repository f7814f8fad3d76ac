#include "engine/formats/gguf_value.h"

#include "engine/base/assert.h"

#include <limits>

namespace crystallite {

uint64_t scalarBytes(GgufType type) {
    switch (type) {
        case GgufType::U8:
        case GgufType::I8:
        case GgufType::Bool: return 1;
        case GgufType::U16:
        case GgufType::I16: return 2;
        case GgufType::U32:
        case GgufType::I32:
        case GgufType::F32: return 4;
        case GgufType::U64:
        case GgufType::I64:
        case GgufType::F64: return 8;
        case GgufType::String:
        case GgufType::Array: break;
    }
    return 0;
}

GgufValue readScalar(ByteReader& reader, GgufType type) {
    switch (type) {
        case GgufType::U8: return uint64_t{reader.number<uint8_t>()};
        case GgufType::I8: return int64_t{reader.number<int8_t>()};
        case GgufType::U16: return uint64_t{reader.number<uint16_t>()};
        case GgufType::I16: return int64_t{reader.number<int16_t>()};
        case GgufType::U32: return uint64_t{reader.number<uint32_t>()};
        case GgufType::I32: return int64_t{reader.number<int32_t>()};
        case GgufType::U64: return reader.number<uint64_t>();
        case GgufType::I64: return reader.number<int64_t>();
        case GgufType::F32: return double{reader.number<float>()};
        case GgufType::F64: return reader.number<double>();
        case GgufType::Bool: return reader.number<uint8_t>() != 0;
        case GgufType::String:
        case GgufType::Array: break;
    }
    ENGINE_ASSERT(scalarBytes(type) != 0);
    return {};
}

std::optional<std::vector<std::string>> GgufArray::strings() const {
    if (elementType != GgufType::String) {
        return std::nullopt;
    }
    ByteReader reader(bytes);
    std::vector<std::string> texts;
    texts.reserve(count);
    for (uint64_t i = 0; i < count; ++i) {
        texts.emplace_back(reader.text());
    }
    ENGINE_ASSERT(!reader.failed());
    return texts;
}

std::optional<std::vector<int64_t>> GgufArray::integers() const {
    if (scalarBytes(elementType) == 0) {
        return std::nullopt;
    }
    ByteReader reader(bytes);
    std::vector<int64_t> numbers;
    numbers.reserve(count);
    for (uint64_t i = 0; i < count; ++i) {
        const GgufValue value = readScalar(reader, elementType);
        if (const auto* negative = std::get_if<int64_t>(&value)) {
            numbers.push_back(*negative);
        } else if (const auto* whole = std::get_if<uint64_t>(&value); whole != nullptr && *whole <= std::numeric_limits<int64_t>::max()) {
            numbers.push_back(static_cast<int64_t>(*whole));
        } else {
            return std::nullopt;
        }
    }
    ENGINE_ASSERT(!reader.failed());
    return numbers;
}

std::optional<std::vector<float>> GgufArray::floats() const {
    if (elementType != GgufType::F32) {
        return std::nullopt;
    }
    ByteReader reader(bytes);
    std::vector<float> numbers;
    numbers.reserve(count);
    for (uint64_t i = 0; i < count; ++i) {
        numbers.push_back(reader.number<float>());
    }
    ENGINE_ASSERT(!reader.failed());
    return numbers;
}

}  // namespace crystallite
