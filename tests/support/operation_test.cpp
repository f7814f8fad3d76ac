#include "tests/support/operation_test.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

namespace crystallite {
namespace {

// Odd, so that a strided view has neither an aligned start nor an aligned stride.
constexpr uint32_t kColumnsBefore = 3;
constexpr uint32_t kColumnsAfter = 2;

/// One row before and one after the matrix, in both placements.
constexpr uint32_t kRowsAround = 2;

/// What stands around the matrix: a NaN of its own for every matrix, so that a NaN copied from around another one is seen too.
uint32_t guardBits(size_t matrix) {
    constexpr uint32_t kQuietNan = 0x7FC00000U;
    constexpr uint32_t kPayloads = 0xFFFFU;
    return kQuietNan + 1 + static_cast<uint32_t>(matrix % kPayloads);
}

uint32_t bufferRows(const Tensor& tensor) {
    return tensor.rows + kRowsAround;
}

/// Where the matrix starts in its buffer, in elements.
size_t firstElement(const Tensor& tensor) {
    return static_cast<size_t>(tensor.offsetBytes / sizeof(float));
}

}  // namespace

Tensor DeviceMatrices::place(const FloatMatrix& values, Placement placement) {
    const uint32_t before = placement == Placement::Strided ? kColumnsBefore : 0;
    const uint32_t after = placement == Placement::Strided ? kColumnsAfter : 0;
    const uint32_t stride = before + values.columns + after;
    const uint32_t rows = values.rows + kRowsAround;
    const uint32_t guard = guardBits(guards_.size());
    FloatMatrix image(rows, stride, std::bit_cast<float>(guard));
    for (uint32_t row = 0; row < values.rows; ++row) {
        std::copy_n(values.values.begin() + std::ptrdiff_t{row} * values.columns, values.columns, &image.at(row + 1, before));
    }

    const uint64_t bytes = image.values.size() * sizeof(float);
    Buffer& upload = allocate(bytes, MemoryUse::Upload);
    std::memcpy(upload.hostBytes().data(), image.values.data(), bytes);
    Buffer& activations = allocate(bytes, MemoryUse::Activations);
    guards_.emplace(&activations, guard);
    std::vector<uint32_t> everyRow(rows);
    std::iota(everyRow.begin(), everyRow.end(), 0U);
    const IndexView rowsView = placeIndices(everyRow);
    runPass(backend_, [&](Pass& pass) {
        pass.gatherRows({.x = denseTensor(upload, rows, stride), .rows = rowsView, .out = denseTensor(activations, rows, stride)});
    });
    return denseTensor(activations, rows, stride).rowRange(1, values.rows).columnRange(before, values.columns);
}

Tensor DeviceMatrices::placeEmpty(uint32_t rows, uint32_t columns, Placement placement) {
    return place(FloatMatrix(rows, columns, std::numeric_limits<float>::quiet_NaN()), placement);
}

Tensor DeviceMatrices::placeWeights(const StoredMatrix& weights) {
    const StoredMatrix& kept = *weightBytes_.emplace_back(std::make_unique<StoredMatrix>(weights));
    const WeightSource source{.bytes = kept.bytes, .format = kept.format, .rows = kept.rows, .columns = kept.columns};
    Result<std::unique_ptr<WeightStore>> store = backend_.loadWeights({&source, 1}, {}, {});
    ENGINE_ASSERT(store.has_value());
    return weights_.emplace_back(std::move(store).value())->at(0);
}

Tensor DeviceMatrices::placeVector(const FloatMatrix& row) {
    return placeWeights(store(row, WeightFormat::F32));
}

IndexView DeviceMatrices::placeIndices(const std::vector<uint32_t>& indices) {
    // Not at the start of the buffer, so that an ignored offset is found.
    constexpr uint64_t kOffsetBytes = 3 * sizeof(uint32_t);
    Buffer& buffer = allocate(kOffsetBytes + indices.size() * sizeof(uint32_t), MemoryUse::Upload);
    std::memcpy(buffer.hostBytes().data() + kOffsetBytes, indices.data(), indices.size() * sizeof(uint32_t));
    return {.buffer = &buffer, .offsetBytes = kOffsetBytes, .count = static_cast<uint32_t>(indices.size())};
}

Buffer& DeviceMatrices::readback(uint64_t bytes) {
    return allocate(bytes, MemoryUse::Readback);
}

FloatMatrix DeviceMatrices::read(const Tensor& tensor) {
    const FloatMatrix image = readWholeBuffer(tensor);
    FloatMatrix values(tensor.rows, tensor.columns);
    const uint32_t guard = guards_.at(tensor.buffer);
    size_t changedAround = 0;
    const size_t first = firstElement(tensor);
    for (size_t i = 0; i < image.values.size(); ++i) {
        const size_t row = (i + tensor.rowStride - first) / tensor.rowStride;
        const size_t column = (i + tensor.rowStride - first) % tensor.rowStride;
        if (i >= first && row - 1 < tensor.rows && column < tensor.columns) {
            values.at(static_cast<uint32_t>(row - 1), static_cast<uint32_t>(column)) = image.values[i];
        } else {
            changedAround += std::bit_cast<uint32_t>(image.values[i]) == guard ? 0 : 1;
        }
    }
    EXPECT_EQ(changedAround, 0U) << "elements outside of the matrix were written";
    return values;
}

FloatMatrix DeviceMatrices::readWholeBuffer(const Tensor& tensor) {
    FloatMatrix image(bufferRows(tensor), tensor.rowStride);
    const uint64_t bytes = image.values.size() * sizeof(float);
    ENGINE_ASSERT(tensor.buffer->bytes() >= bytes);
    Buffer& host = readback(bytes);
    runPass(backend_, [&](Pass& pass) { pass.readTensor(denseTensor(*tensor.buffer, image.rows, image.columns), host, 0); });
    std::memcpy(image.values.data(), host.hostBytes().data(), bytes);
    return image;
}

Buffer& DeviceMatrices::allocate(uint64_t bytes, MemoryUse use) {
    Result<std::unique_ptr<Buffer>> buffer = backend_.allocate(bytes, use);
    ENGINE_ASSERT(buffer.has_value());
    return *buffers_.emplace_back(std::move(buffer).value());
}

void runPass(Backend& backend, const std::function<void(Pass&)>& record) {
    const Result<void> result = backend.run(record, {});
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
}

std::vector<uint32_t> wordsOf(Buffer& buffer, uint64_t offsetBytes, size_t count) {
    std::vector<uint32_t> words(count);
    ENGINE_ASSERT(offsetBytes + count * sizeof(uint32_t) <= buffer.hostBytes().size());
    std::memcpy(words.data(), buffer.hostBytes().data() + offsetBytes, count * sizeof(uint32_t));
    return words;
}

}  // namespace crystallite
