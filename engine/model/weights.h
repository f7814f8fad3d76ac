#pragma once

#include "engine/backend/backend.h"
#include "engine/model/model_config.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace crystallite {

/// A norm: weight and, of a LayerNorm, bias [1, n] F32.
struct NormWeights {
    Tensor weight;
    std::optional<Tensor> bias;
};

/// A linear layer: matrix [outputs, inputs], bias [1, outputs] F32.
struct LinearWeights {
    Tensor matrix;
    std::optional<Tensor> bias;
};

/// One block. An optional part is there when the configuration says so.
struct LayerWeights {
    NormWeights attentionNorm;                 // [width]
    LinearWeights query;                       // width -> heads * headDim
    LinearWeights key, value;                  // width -> kvHeads * headDim
    std::optional<Tensor> queryNorm, keyNorm;  // [1, headDim]
    LinearWeights attentionOutput;             // heads * headDim -> width
    NormWeights feedForwardNorm;               // [width]
    std::optional<LinearWeights> gate;         // width -> feedForward
    LinearWeights up;                          // width -> feedForward
    LinearWeights down;                        // feedForward -> width
};

/// All weights of a model on a device. The source must stay open for their life.
struct Weights {
    Tensor embedding;                 // [vocabulary, width]
    std::optional<Tensor> positions;  // [contextLength, width]
    NormWeights outputNorm;           // [width]
    Tensor head;                      // [outputVocabulary, width]; the embedding itself when tied
    std::vector<LayerWeights> layers;
    std::unique_ptr<WeightStore> store;
};

/// `config` must have been read from `source`: that has checked that every tensor is there with its shape.
Result<Weights> loadWeights(Backend& backend, const ModelSource& source, const ModelConfig& config, const Progress& progress,
                            std::stop_token stop);

/// Bytes that the weights take on a device.
uint64_t weightBytes(const ModelSource& source);

}  // namespace crystallite
