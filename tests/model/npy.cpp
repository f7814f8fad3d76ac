#include "tests/model/npy.h"

#include "engine/base/assert.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace crystallite {

namespace {

template <typename Element>
std::vector<double> widen(const char* bytes, size_t count) {
    std::vector<double> values(count);
    for (size_t index = 0; index < count; ++index) {
        Element element{};
        std::memcpy(&element, bytes + index * sizeof element, sizeof element);
        values[index] = static_cast<double>(element);
    }
    return values;
}

}  // namespace

NpyMatrix readNpy(const std::filesystem::path& path) {
    constexpr size_t kFixedBytes = 10;  // magic, version, header length
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    ENGINE_ASSERT(bytes.size() > kFixedBytes && bytes.starts_with("\x93NUMPY\x01"));
    const size_t headerBytes = static_cast<uint8_t>(bytes[8]) + 256U * static_cast<uint8_t>(bytes[9]);
    const std::string header = bytes.substr(kFixedBytes, headerBytes);
    const std::regex layout(R"(.*'descr': '<f([48])', 'fortran_order': False, 'shape': \((\d+), (\d+)\).*\s*)");
    std::smatch found;
    ENGINE_ASSERT(std::regex_match(header, found, layout));

    NpyMatrix matrix{.rows = std::stoul(found[2]), .columns = std::stoul(found[3])};
    const size_t count = matrix.rows * matrix.columns;
    const size_t elementBytes = std::stoul(found[1]);
    ENGINE_ASSERT(bytes.size() == kFixedBytes + headerBytes + count * elementBytes);
    const char* data = bytes.data() + kFixedBytes + headerBytes;
    matrix.values = elementBytes == sizeof(float) ? widen<float>(data, count) : widen<double>(data, count);
    return matrix;
}

}  // namespace crystallite
