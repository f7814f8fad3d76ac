#include "engine/model/weights.h"

#include "engine/base/assert.h"

#include <string>
#include <utility>

namespace crystallite {
namespace {

/// Collects what to load and where each tensor goes, then loads all of it at once: the backend sizes its memory before the first copy.
class WeightLoader {
public:
    explicit WeightLoader(const ModelSource& source) : source_(source) {}

    void matrix(const std::string& name, Tensor& destination) {
        const StoredTensor* stored = source_.findTensor(name);
        ENGINE_ASSERT(stored != nullptr);
        const std::vector<uint64_t>& dimensions = stored->dimensions;
        sources_.push_back({.bytes = stored->bytes,
                            .format = stored->format,
                            .rows = dimensions.size() > 1 ? static_cast<uint32_t>(dimensions[1]) : 1,
                            .columns = static_cast<uint32_t>(dimensions[0])});
        destinations_.push_back(&destination);
    }

    void vector(const std::string& name, Tensor& destination) {
        matrix(name, destination);
        ENGINE_ASSERT(sources_.back().format == WeightFormat::F32);
    }

    void vector(const std::string& name, std::optional<Tensor>& destination) { vector(name, destination.emplace()); }

    Result<std::unique_ptr<WeightStore>> load(Backend& backend, const Progress& progress, std::stop_token stop) {
        auto store = backend.loadWeights(sources_, progress, std::move(stop));
        if (store) {
            for (size_t i = 0; i < destinations_.size(); ++i) {
                *destinations_[i] = (*store)->at(i);
            }
        }
        return store;
    }

private:
    const ModelSource& source_;
    std::vector<WeightSource> sources_;
    std::vector<Tensor*> destinations_;
};

void collectLayer(WeightLoader& loader, const std::string& prefix, const ModelConfig& config, LayerWeights& layer) {
    loader.vector(prefix + "attn_norm.weight", layer.attentionNorm);
    loader.matrix(prefix + "attn_q.weight", layer.query);
    loader.matrix(prefix + "attn_k.weight", layer.key);
    loader.matrix(prefix + "attn_v.weight", layer.value);
    if (config.qkvBias) {
        loader.vector(prefix + "attn_q.bias", layer.queryBias);
        loader.vector(prefix + "attn_k.bias", layer.keyBias);
        loader.vector(prefix + "attn_v.bias", layer.valueBias);
    }
    if (config.qkNorm) {
        loader.vector(prefix + "attn_q_norm.weight", layer.queryNorm);
        loader.vector(prefix + "attn_k_norm.weight", layer.keyNorm);
    }
    loader.matrix(prefix + "attn_output.weight", layer.attentionOutput);
    loader.vector(prefix + "ffn_norm.weight", layer.feedForwardNorm);
    loader.matrix(prefix + "ffn_gate.weight", layer.gate);
    loader.matrix(prefix + "ffn_up.weight", layer.up);
    loader.matrix(prefix + "ffn_down.weight", layer.down);
}

}  // namespace

Result<Weights> loadWeights(Backend& backend, const ModelSource& source, const ModelConfig& config, const Progress& progress,
                            std::stop_token stop) {
    Weights weights;
    weights.layers.resize(config.layers);
    WeightLoader loader(source);
    loader.matrix("token_embd.weight", weights.embedding);
    if (config.learnedPositions) {
        loader.matrix("position_embd.weight", weights.positions.emplace());
    }
    loader.vector("output_norm.weight", weights.outputNorm);
    if (!config.tiedHead) {
        loader.matrix("output.weight", weights.head);
    }
    for (uint32_t i = 0; i < config.layers; ++i) {
        collectLayer(loader, "blk." + std::to_string(i) + ".", config, weights.layers[i]);
    }
    auto store = loader.load(backend, progress, std::move(stop));
    if (!store) {
        return store.error();
    }
    weights.store = std::move(*store);
    if (config.tiedHead) {
        weights.head = weights.embedding;
    }
    return weights;
}

uint64_t weightBytes(const ModelSource& source) {
    uint64_t bytes = 0;
    for (const StoredTensor& tensor : source.tensors()) {
        bytes += tensor.bytes.size();
    }
    return bytes;
}

}  // namespace crystallite
