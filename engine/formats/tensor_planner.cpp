#include "engine/formats/tensor_planner.h"

#include "engine/base/in_quotes.h"

namespace crystallite {
namespace {

std::string shapeText(const std::vector<uint64_t>& shape) {
    std::string text = "[";
    for (const uint64_t dimension : shape) {
        text.append(text.size() == 1 ? "" : ", ").append(std::to_string(dimension));
    }
    return text + "]";
}

/// Buffers that some checkpoints keep although they are computed: rotary frequencies, and the causal masks of GPT-2's attention.
bool isComputedBuffer(NamingStyle style, std::string_view name) {
    return style == NamingStyle::Gpt2 ? name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias")
                                      : name.ends_with(".rotary_emb.inv_freq");
}

}  // namespace

void TensorPlanner::matrix(const std::string& ours, const std::string& theirs, uint64_t inputs, uint64_t outputs) {
    rowsOf(ours, theirs, inputs, {{0, outputs}}, outputs);
}

void TensorPlanner::rowsOf(const std::string& ours, const std::string& theirs, uint64_t inputs, std::vector<RowRange> rows,
                           uint64_t storedRows) {
    add({.name = ours, .columns = inputs, .rows = std::move(rows)}, theirs, {storedRows, inputs});
}

void TensorPlanner::columnsOf(const std::string& ours, const std::string& theirs, uint64_t inputs, RowRange outputs,
                              uint64_t storedOutputs) {
    add({.name = ours, .storage = TensorRecipe::Storage::Columns, .columns = inputs, .rows = {outputs}}, theirs, {inputs, storedOutputs});
}

void TensorPlanner::vector(const std::string& ours, const std::string& theirs, RowRange part, uint64_t storedElements) {
    add({.name = ours, .columns = 1, .rows = {part}, .isVector = true}, theirs, {storedElements});
}

void TensorPlanner::stack(const std::string& ours, const std::string& before, const std::string& behind, uint64_t inputs, uint64_t outputs,
                          uint64_t experts) {
    TensorRecipe recipe{.name = ours, .columns = inputs, .rows = {{0, outputs}}, .shape = {inputs, outputs, experts}};
    for (uint64_t expert = 0; expert < experts && !failed(); ++expert) {
        const std::string theirs = before + std::to_string(expert) + behind;
        const SafetensorsTensor* const part = find(theirs, {outputs, inputs});
        if (part != nullptr && !recipe.stack.empty() && part->type != recipe.stack.front()->type) {
            fail(ErrorKind::Unsupported, "stores " + theirs + " as " + part->type + " and its first expert as " +
                                             recipe.stack.front()->type + "; all experts of a layer must be stored alike");
        }
        recipe.stack.push_back(part);
    }
    if (!failed()) {
        recipe.source = recipe.stack.front();
        recipes_.push_back(std::move(recipe));
    }
}

uint64_t TensorPlanner::tableRows(const std::string& theirs, uint64_t vocabulary) {
    const SafetensorsTensor* const table = checkpoint_.find(theirs);
    if (table == nullptr || table->shape.size() != 2 || table->shape[0] < vocabulary) {
        fail(ErrorKind::Corrupt, table == nullptr ? "has no tensor " + theirs
                                                  : "has " + theirs + " of shape " + shapeText(table->shape) +
                                                        ", too small for a vocabulary of " + std::to_string(vocabulary));
        return 0;
    }
    return table->shape[0];
}

Result<std::vector<TensorRecipe>> TensorPlanner::finish(NamingStyle style) {
    for (const auto& [name, tensor] : checkpoint_.tensors()) {
        if (!known_.contains(name) && !isComputedBuffer(style, name)) {
            fail(ErrorKind::Unsupported,
                 "holds tensor " + inQuotes(name) + " of shape " + shapeText(tensor.shape) + ", which its family does not use");
        }
    }
    if (error_) {
        return *error_;
    }
    return std::move(recipes_);
}

const SafetensorsTensor* TensorPlanner::find(const std::string& theirs, const std::vector<uint64_t>& stored) {
    known_.insert(theirs);
    const SafetensorsTensor* const tensor = checkpoint_.find(theirs);
    if (tensor == nullptr) {
        fail(ErrorKind::Corrupt, "has no tensor " + theirs);
    } else if (tensor->shape != stored) {
        fail(ErrorKind::Corrupt,
             "has " + theirs + " of shape " + shapeText(tensor->shape) + "; its config.json needs " + shapeText(stored));
    } else if (!tensor->weightFormat()) {
        fail(ErrorKind::Unsupported,
             "stores " + theirs + " as " + tensor->type + "; this build reads F32, F16 and BF16: choose a checkpoint in one of these");
    } else {
        return tensor;
    }
    return nullptr;
}

void TensorPlanner::add(TensorRecipe recipe, const std::string& theirs, const std::vector<uint64_t>& stored) {
    recipe.source = find(theirs, stored);
    if (recipe.source == nullptr) {
        return;
    }
    recipe.shape = {recipe.columns, recipe.rowCount()};
    if (recipe.isVector) {
        recipe.shape.erase(recipe.shape.begin());
    }
    recipes_.push_back(std::move(recipe));
}

void TensorPlanner::fail(ErrorKind kind, const std::string& what) {
    if (!error_) {
        error_ = Error{kind, inQuotes(displayName_) + " " + what};
    }
}

}  // namespace crystallite
