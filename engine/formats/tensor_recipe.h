#pragma once

#include "engine/formats/safetensors_file.h"
#include "engine/formats/stored_bytes.h"
#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

/// Consecutive rows of a matrix.
struct RowRange {
    uint64_t first = 0;
    uint64_t count = 0;
};

/// How a tensor of ours is made from one of a checkpoint: which of its rows, in which order. Borrows the checkpoint's tensor.
struct TensorRecipe {
    enum class Storage {
        Rows,     ///< the source is [rows, columns]
        Columns,  ///< the source is [columns, rows]: our row is its column (GPT-2's Conv1D)
    };

    std::string name;  ///< GGUF's
    const SafetensorsTensor* source = nullptr;
    Storage storage = Storage::Rows;
    uint64_t columns = 0;         ///< of ours; 1 for a vector, whose elements are then its rows
    std::vector<RowRange> rows;   ///< of the source, in our order
    std::vector<uint64_t> shape;  ///< of ours, in GGUF's order
    /// The same matrix of every expert, [rows, columns] each and all of one type: not empty, the tensor is these one behind the other, and
    /// `source` is the first.
    std::vector<const SafetensorsTensor*> stack;
    bool isVector = false;  ///< a norm or bias: kept as F32

    [[nodiscard]] uint64_t rowCount() const;
    /// Where the tensor lies in the checkpoint exactly as it should, a stack in as many pieces; empty when it must be put together.
    [[nodiscard]] StoredBytes findInPlace() const;
};

/// Rows [first, first + count) of the recipe's tensor as they are stored, one behind the other.
void copyStoredRows(const TensorRecipe& recipe, uint64_t first, uint64_t count, std::byte* out);

}  // namespace crystallite
