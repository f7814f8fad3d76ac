#pragma once

#include "engine/backend/backend.h"
#include "engine/model/layer_range.h"
#include "engine/model/model_config.h"

#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
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

/// A plain feed-forward, or the shared experts of a mixture.
struct FeedForwardWeights {
    std::optional<LinearWeights> gate;  // width -> its width
    LinearWeights up;                   // width -> its width
    LinearWeights down;                 // its width -> width
};

/// The same matrix of every expert, [experts * perExpert, inputs]; of each the rows from `first` on.
struct ExpertMatrices {
    Tensor stacked;
    uint32_t perExpert = 0;
    uint32_t first = 0;
};

struct MixtureWeights {
    Tensor router;                        // [experts, width]
    std::optional<Tensor> selectionBias;  // [1, experts] F32
    ExpertMatrices gate, up;              // width -> the expert's width
    ExpertMatrices down;                  // the expert's width -> width
};

/// One block. An optional part is there when the configuration says so.
struct LayerWeights {
    NormWeights attentionNorm;                      // [width]
    LinearWeights query;                            // width -> heads * headDim
    LinearWeights key, value;                       // width -> kvHeads * headDim
    std::optional<Tensor> queryNorm, keyNorm;       // [1, headDim]
    LinearWeights attentionOutput;                  // heads * headDim -> width
    NormWeights feedForwardNorm;                    // [width]
    std::optional<FeedForwardWeights> feedForward;  // of every row; absent in a mixture without shared experts
    std::optional<MixtureWeights> mixture;
};

/// The weights of a model, or of some of its layers, on a device. The source must stay open for their life, if the store reads it.
struct Weights {
    // Of whoever embeds.
    Tensor embedding;                 // [vocabulary, width]
    std::optional<Tensor> positions;  // [contextLength, width]
    // Of whoever predicts.
    NormWeights outputNorm;  // [width]
    Tensor head;             // [outputVocabulary, width]; the embedding itself when tied
    std::vector<LayerWeights> layers;
    std::unique_ptr<WeightStore> store;
};

/// `config` must have been read from `source`: that has checked that every tensor is there with its shape.
Result<Weights> loadWeights(Backend& backend, const ModelSource& source, const ModelConfig& config, LayerRange layers,
                            const Progress& progress, std::stop_token stop);

/// The tensors that these weights are.
std::set<std::string, std::less<>> weightNames(const ModelSource& source, const ModelConfig& config, LayerRange layers);

/// Bytes that the weights take on a device. A tied head apart from the embedding is another copy of it.
uint64_t weightBytes(const ModelSource& source, const ModelConfig& config, LayerRange layers);

}  // namespace crystallite
