#pragma once

#include "engine/formats/hugging_face_family.h"
#include "engine/formats/safetensors_folder.h"
#include "engine/formats/tensor_recipe.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace crystallite {

/// Collects recipes for the tensors of a checkpoint: ours by GGUF's names, theirs by the checkpoint's. The first thing that is wrong is
/// kept as the error; what is asked for after it does nothing.
class TensorPlanner {
public:
    /// `checkpoint` must outlive the object and its recipes.
    TensorPlanner(const SafetensorsFolder& checkpoint, std::string displayName)
        : checkpoint_(checkpoint), displayName_(std::move(displayName)) {}

    /// A linear layer that is stored [outputs, inputs].
    void matrix(const std::string& ours, const std::string& theirs, uint64_t inputs, uint64_t outputs);
    /// Some rows of a matrix that is stored [storedRows, inputs].
    void rowsOf(const std::string& ours, const std::string& theirs, uint64_t inputs, std::vector<RowRange> rows, uint64_t storedRows);
    /// Some outputs of a linear layer that is stored [inputs, storedOutputs].
    void columnsOf(const std::string& ours, const std::string& theirs, uint64_t inputs, RowRange outputs, uint64_t storedOutputs);
    /// A norm or bias, or a part of one.
    void vector(const std::string& ours, const std::string& theirs, RowRange part, uint64_t storedElements);
    void vector(const std::string& ours, const std::string& theirs, uint64_t elements) { vector(ours, theirs, {0, elements}, elements); }
    /// A matrix of every expert, each stored [outputs, inputs] under a name of its own: `before` + its number + `behind`.
    void stack(const std::string& ours, const std::string& before, const std::string& behind, uint64_t inputs, uint64_t outputs,
               uint64_t experts);
    void ignore(const std::string& theirs) { known_.insert(theirs); }

    /// Rows of a table, which may be padded beyond the vocabulary; 0 after an error.
    uint64_t tableRows(const std::string& theirs, uint64_t vocabulary);
    [[nodiscard]] bool has(const std::string& theirs) const { return checkpoint_.find(theirs) != nullptr; }
    [[nodiscard]] bool failed() const { return error_.has_value(); }

    /// Unsupported when a tensor was not asked for, unless it is a buffer that checkpoints of this style keep although it is computed.
    Result<std::vector<TensorRecipe>> finish(NamingStyle style);

private:
    /// Null after an error.
    const SafetensorsTensor* find(const std::string& theirs, const std::vector<uint64_t>& stored);
    void add(TensorRecipe recipe, const std::string& theirs, const std::vector<uint64_t>& stored);
    void fail(ErrorKind kind, const std::string& what);

    const SafetensorsFolder& checkpoint_;
    std::string displayName_;
    std::vector<TensorRecipe> recipes_;
    std::set<std::string, std::less<>> known_;
    std::optional<Error> error_;
};

}  // namespace crystallite
