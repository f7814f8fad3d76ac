#pragma once

#include "engine/formats/model_source.h"
#include "engine/model/model_config.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

namespace crystallite {

/// What a written file will be.
struct GgufExportSizes {
    uint64_t fileBytes = 0;
    uint64_t peakBytes = 0;  ///< of memory: what the source holds, the tokenizer, and the rows that are converted at a time
};

/// Writes a model as one GGUF file (version 3). LLaDA, LLaDA-MoE, Dream and RND1 get the architecture, keys and order of rows that
/// llama.cpp reads; other families, which it does not know, keep their own architecture. Norms and biases are F32; matrices stay as they
/// are, or are quantised row by row on the way. Nothing is there before the file is complete.
class GgufExport {
public:
    /// `source` and `config`, which was read from it, must outlive the object.
    static Result<GgufExport> plan(const ModelSource& source, const ModelConfig& config, std::optional<WeightFormat> quantize);

    [[nodiscard]] GgufExportSizes sizes() const { return sizes_; }
    /// InvalidArgument when `path` exists; Io when the disk is full or fails; Corrupt when a weight cannot be quantised; Cancelled.
    Result<void> write(const std::filesystem::path& path, const std::function<void(double)>& progress, std::stop_token stop) const;

private:
    struct Item {
        const StoredTensor* tensor = nullptr;
        WeightFormat format = WeightFormat::F32;
        bool turnsPairs = false;  ///< rows of q or k, which go from half-split to interleaved pairs
    };

    explicit GgufExport(const ModelConfig& config) : config_(config) {}

    const ModelConfig& config_;
    std::vector<Item> items_;
    std::string header_;
    GgufExportSizes sizes_;
};

/// Which row of a matrix of q or k stands at row `row` when its pairs (j, j + rotaryDims/2) become (2j, 2j + 1), head by head.
uint64_t rowOfInterleavedPairs(uint64_t row, uint64_t headDim, uint64_t rotaryDims);

}  // namespace crystallite
