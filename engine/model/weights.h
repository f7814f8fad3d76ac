#pragma once

#include "engine/backend/backend.h"
#include "engine/model/model_config.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace crystallite {

/// One block. Matrices are [outputs, inputs], vectors [1, n] F32; an optional part is there when the configuration says so.
struct LayerWeights {
    Tensor attentionNorm;                      // [1, width]
    Tensor query;                              // [heads * headDim, width]
    Tensor key, value;                         // [kvHeads * headDim, width]
    std::optional<Tensor> queryBias;           // [1, heads * headDim]
    std::optional<Tensor> keyBias, valueBias;  // [1, kvHeads * headDim]
    std::optional<Tensor> queryNorm, keyNorm;  // [1, headDim]
    Tensor attentionOutput;                    // [width, heads * headDim]
    Tensor feedForwardNorm;                    // [1, width]
    Tensor gate, up;                           // [feedForward, width]
    Tensor down;                               // [width, feedForward]
};

/// All weights of a model on a device. The source must stay open for their life.
struct Weights {
    Tensor embedding;                 // [vocabulary, width]
    std::optional<Tensor> positions;  // [contextLength, width]
    Tensor outputNorm;                // [1, width]
    Tensor head;                      // [vocabulary, width]; the embedding itself when tied
    std::vector<LayerWeights> layers;
    std::unique_ptr<WeightStore> store;
};

/// `config` must have been read from `source`: that has checked that every tensor is there with its shape.
Result<Weights> loadWeights(Backend& backend, const ModelSource& source, const ModelConfig& config, const Progress& progress,
                            std::stop_token stop);

/// Bytes that the weights take on a device.
uint64_t weightBytes(const ModelSource& source);

}  // namespace crystallite
