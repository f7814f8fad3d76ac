#pragma once

#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crystallite {

/// A dense row-major matrix in host memory.
template <typename T>
struct Matrix {
    uint32_t rows = 0;
    uint32_t columns = 0;
    std::vector<T> values;

    Matrix() = default;
    Matrix(uint32_t rowCount, uint32_t columnCount, T fill = T{})
        : rows(rowCount), columns(columnCount), values(size_t{rowCount} * columnCount, fill) {}

    T& at(uint32_t row, uint32_t column) { return values[size_t{row} * columns + column]; }
    const T& at(uint32_t row, uint32_t column) const { return values[size_t{row} * columns + column]; }
};

using FloatMatrix = Matrix<float>;
using DoubleMatrix = Matrix<double>;

/// Uniform in [-scale, scale), the same on every machine. Different seeds give unrelated matrices.
FloatMatrix randomMatrix(uint32_t rows, uint32_t columns, uint32_t seed, float scale = 1.0F);

/// `count` numbers in [0, limit), the same on every machine.
std::vector<uint32_t> randomIndices(uint32_t count, uint32_t limit, uint32_t seed);

/// `count` columns of `logits`, spread from the first to the last and by far the largest of every row from now on: ids that an operation
/// has to forbid for its result not to show them.
std::vector<uint32_t> makeLikely(FloatMatrix& logits, uint32_t count);

/// A matrix as a model file stores it.
struct StoredMatrix {
    WeightFormat format = WeightFormat::F32;
    uint32_t rows = 0;
    uint32_t columns = 0;
    std::vector<std::byte> bytes;
};

/// Rounds every value to `format`, which is not one of blocks.
StoredMatrix store(const FloatMatrix& matrix, WeightFormat format);

/// The values that `stored` stands for.
FloatMatrix unpack(const StoredMatrix& stored);
/// What a backend that rounds factors multiplies in place of these: BF16, nearest, ties to even.
FloatMatrix roundedToBf16(const FloatMatrix& matrix);

}  // namespace crystallite
