#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/formats/model_source.h"
#include "engine/trace/grid_layout.h"

#include <optional>
#include <string>
#include <vector>

namespace crystallite {

/// Everything in which the supported transformers differ, as data. A flag that is not set means that the part is absent.
struct ModelConfig {
    std::string architecture;  ///< GGUF's name: "llada"
    std::string name;          ///< general.name, or the file's
    uint32_t layers = 0;
    uint32_t width = 0;  ///< of the residual stream
    uint32_t heads = 0;
    uint32_t kvHeads = 0;
    uint32_t headDim = 0;
    uint32_t feedForward = 0;
    uint32_t vocabulary = 0;
    uint32_t contextLength = 0;  ///< longest canvas the model was trained on
    float normEpsilon = 1e-5F;
    double ropeTheta = 10000.0;
    uint32_t rotaryDims = 0;  ///< 0: positions do not turn queries and keys
    RopePairing ropePairing = RopePairing::HalfSplit;
    bool learnedPositions = false;  ///< a table of contextLength rows is added to the embedding
    bool qkvBias = false;
    bool qkNorm = false;
    bool tiedHead = false;
    bool shiftLogits = false;  ///< the prediction for position i stands in row i - 1
    Visibility visibility = Visibility::Full;
    TokenId maskId = 0;
    std::vector<TokenId> endIds;        ///< end-of-text and padding ids: an answer ends at the first of them
    std::vector<TokenId> forbiddenIds;  ///< never emitted: the mask itself; sorted
    std::optional<GridLayout> layout;   ///< the canvas is exactly this board
    uint64_t parameters = 0;

    /// Writes left to right: what stands right of a slot has no influence on it.
    [[nodiscard]] bool isAutoregressive() const { return visibility == Visibility::Causal; }
};

/// Reads and checks the metadata against the tensors' shapes. Unsupported names what was found and what is supported.
Result<ModelConfig> readModelConfig(const ModelSource& source);

}  // namespace crystallite
