#include "tests/support/matrix.h"

#include "engine/base/assert.h"
#include "engine/base/rng.h"

#include <cmath>
#include <cstring>

namespace crystallite {
namespace {

uint32_t randomWord(uint32_t seed, uint32_t index) {
    return philox4x32({index / 4, 0, 0, 0}, {seed, 0})[index % 4];
}

template <typename T>
void appendBytes(std::vector<std::byte>& bytes, T value) {
    const size_t offset = bytes.size();
    bytes.resize(offset + sizeof(T));
    std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

}  // namespace

FloatMatrix randomMatrix(uint32_t rows, uint32_t columns, uint32_t seed, float scale) {
    FloatMatrix matrix(rows, columns);
    for (uint32_t i = 0; i < rows * columns; ++i) {
        matrix.values[i] = static_cast<float>(2.0 * uniformFrom(randomWord(seed, i)) - 1.0) * scale;
    }
    return matrix;
}

std::vector<uint32_t> randomIndices(uint32_t count, uint32_t limit, uint32_t seed) {
    std::vector<uint32_t> indices(count);
    for (uint32_t i = 0; i < count; ++i) {
        indices[i] = randomWord(seed, i) % limit;
    }
    return indices;
}

std::vector<uint32_t> makeLikely(FloatMatrix& logits, uint32_t count) {
    std::vector<uint32_t> columns;
    for (uint32_t i = 0; i < count; ++i) {
        columns.push_back(count == 1 ? logits.columns - 1 : i * (logits.columns - 1) / (count - 1));
        for (uint32_t row = 0; row < logits.rows; ++row) {
            logits.at(row, columns.back()) = 100.0F;
        }
    }
    return columns;
}

StoredMatrix store(const FloatMatrix& matrix, WeightFormat format) {
    StoredMatrix stored{.format = format, .rows = matrix.rows, .columns = matrix.columns, .bytes = {}};
    for (const float value : matrix.values) {
        switch (format) {
            case WeightFormat::F32: appendBytes(stored.bytes, value); break;
            case WeightFormat::F16: appendBytes(stored.bytes, halfFromFloat(value)); break;
            case WeightFormat::BF16: appendBytes(stored.bytes, bfloatFromFloat(value)); break;
            default: ENGINE_ASSERT(false);  // blocks: randomBlocks() or quantizeRow()
        }
    }
    ENGINE_ASSERT(stored.bytes.size() == matrix.rows * rowBytes(format, matrix.columns));
    return stored;
}

FloatMatrix unpack(const StoredMatrix& stored) {
    FloatMatrix matrix(stored.rows, stored.columns);
    for (uint32_t row = 0; row < stored.rows; ++row) {
        unpackRow(stored.format, stored.bytes.data() + row * rowBytes(stored.format, stored.columns), &matrix.at(row, 0), stored.columns);
    }
    return matrix;
}

FloatMatrix roundedToBf16(const FloatMatrix& matrix) {
    FloatMatrix rounded = matrix;
    for (float& value : rounded.values) {
        // Eight bits of a significand in [0.5, 1) are a whole number of 256ths, and nearbyint() rounds ties to even.
        int exponent = 0;
        const double significand = std::frexp(double{value}, &exponent);
        value = static_cast<float>(std::ldexp(std::nearbyint(significand * 256.0), exponent - 8));
    }
    return rounded;
}

}  // namespace crystallite
