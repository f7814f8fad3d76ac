#include "engine/formats/tensor_recipe.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace crystallite {
namespace {

uint64_t elementBytes(const TensorRecipe& recipe) {
    return rowBytes(*recipe.source->weightFormat(), 1);
}

/// Calls `use(source row, first output row, count)` for the stored rows among [first, first + count).
template <typename Use>
void forEachRange(const TensorRecipe& recipe, uint64_t first, uint64_t count, const Use& use) {
    uint64_t begin = 0;  // output row of the range's first
    for (const RowRange& range : recipe.rows) {
        const uint64_t from = std::max(first, begin);
        const uint64_t to = std::min(first + count, begin + range.count);
        if (from < to) {
            use(range.first + (from - begin), from - first, to - from);
        }
        begin += range.count;
    }
}

}  // namespace

uint64_t TensorRecipe::rowCount() const {
    uint64_t count = 0;
    for (const RowRange& range : rows) {
        count += range.count;
    }
    return count;
}

StoredBytes TensorRecipe::findInPlace() const {
    if (!stack.empty()) {
        std::vector<const std::byte*> pieces;
        std::transform(stack.begin(), stack.end(), std::back_inserter(pieces), [](const auto* part) { return part->bytes.data(); });
        return {std::move(pieces), source->bytes.size()};
    }
    if (storage == Storage::Columns || rows.size() != 1) {
        return {};
    }
    const uint64_t rowSize = columns * elementBytes(*this);
    return source->bytes.subspan(rows.front().first * rowSize, rows.front().count * rowSize);
}

void copyStoredRows(const TensorRecipe& recipe, uint64_t first, uint64_t count, std::byte* out) {
    ENGINE_ASSERT(first + count <= recipe.rowCount());
    const uint64_t size = elementBytes(recipe);
    const uint64_t rowSize = recipe.columns * size;
    const std::byte* const stored = recipe.source->bytes.data();
    if (recipe.storage == TensorRecipe::Storage::Rows) {
        forEachRange(recipe, first, count, [&](uint64_t row, uint64_t at, uint64_t rows) {
            std::memcpy(out + at * rowSize, stored + row * rowSize, rows * rowSize);
        });
        return;
    }
    const uint64_t sourceRow = recipe.source->shape.back() * size;
    forEachRange(recipe, first, count, [&](uint64_t row, uint64_t at, uint64_t rows) {
        // One row of the source after the other, so that its bytes are read in their order.
        for (uint64_t column = 0; column < recipe.columns; ++column) {
            const std::byte* from = stored + column * sourceRow + row * size;
            std::byte* to = out + at * rowSize + column * size;
            for (uint64_t i = 0; i < rows; ++i, from += size, to += rowSize) {
                std::memcpy(to, from, size);
            }
        }
    });
}

}  // namespace crystallite
