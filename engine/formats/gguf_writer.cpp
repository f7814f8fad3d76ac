#include "engine/formats/gguf_writer.h"

#include "engine/formats/gguf_value.h"

#include <limits>

namespace crystallite {
namespace {

template <typename T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void putText(std::string& out, std::string_view text) {
    put(out, uint64_t{text.size()});
    out.append(text);
}

constexpr uint32_t tag(GgufType type) {
    return static_cast<uint32_t>(type);
}

}  // namespace

void GgufHeader::entry(std::string_view key, uint32_t type) {
    ++entryCount_;
    putText(entries_, key);
    put(entries_, type);
}

void GgufHeader::set(std::string_view key, const MetadataValue& value) {
    if (const auto* whole = std::get_if<uint64_t>(&value)) {
        if (*whole <= std::numeric_limits<uint32_t>::max()) {
            entry(key, tag(GgufType::U32));
            put(entries_, static_cast<uint32_t>(*whole));
        } else {
            entry(key, tag(GgufType::U64));
            put(entries_, *whole);
        }
    } else if (const auto* real = std::get_if<double>(&value)) {
        entry(key, tag(GgufType::F32));
        put(entries_, static_cast<float>(*real));
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        entry(key, tag(GgufType::Bool));
        put(entries_, static_cast<uint8_t>(*flag));
    } else {
        entry(key, tag(GgufType::String));
        putText(entries_, std::get<std::string>(value));
    }
}

void GgufHeader::setTexts(std::string_view key, const std::vector<std::string>& values) {
    entry(key, tag(GgufType::Array));
    put(entries_, tag(GgufType::String));
    put(entries_, uint64_t{values.size()});
    for (const std::string& value : values) {
        putText(entries_, value);
    }
}

void GgufHeader::setIntegers(std::string_view key, const std::vector<int32_t>& values) {
    entry(key, tag(GgufType::Array));
    put(entries_, tag(GgufType::I32));
    put(entries_, uint64_t{values.size()});
    for (const int32_t value : values) {
        put(entries_, value);
    }
}

void GgufHeader::setFloats(std::string_view key, const std::vector<float>& values) {
    entry(key, tag(GgufType::Array));
    put(entries_, tag(GgufType::F32));
    put(entries_, uint64_t{values.size()});
    for (const float value : values) {
        put(entries_, value);
    }
}

void GgufHeader::addTensor(std::string_view name, const std::vector<uint64_t>& dimensions, WeightFormat format, uint64_t bytes) {
    ++tensorCount_;
    putText(table_, name);
    put(table_, static_cast<uint32_t>(dimensions.size()));
    for (const uint64_t dimension : dimensions) {
        put(table_, dimension);
    }
    put(table_, static_cast<uint32_t>(format));
    put(table_, dataBytes_);
    dataBytes_ += bytes + ggufPadding(bytes);
}

std::string GgufHeader::bytes() const {
    std::string file = "GGUF";
    put(file, uint32_t{3});
    put(file, tensorCount_);
    put(file, entryCount_);
    file += entries_ + table_;
    file.resize(file.size() + ggufPadding(file.size()));
    return file;
}

}  // namespace crystallite
