#include "engine/model/weights.h"

#include "engine/base/assert.h"

#include <functional>
#include <limits>
#include <numeric>
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
        // A stack of matrices is one matrix of all their rows.
        const std::vector<uint64_t>& dimensions = stored->dimensions;
        const uint64_t rows = std::accumulate(dimensions.begin() + 1, dimensions.end(), uint64_t{1}, std::multiplies<>());
        ENGINE_ASSERT(rows <= std::numeric_limits<uint32_t>::max());
        sources_.push_back({.bytes = stored->bytes,
                            .format = stored->format,
                            .rows = static_cast<uint32_t>(rows),
                            .columns = static_cast<uint32_t>(dimensions[0])});
        destinations_.push_back(&destination);
        names_.insert(name);
    }

    void vector(const std::string& name, Tensor& destination) {
        matrix(name, destination);
        ENGINE_ASSERT(sources_.back().format == WeightFormat::F32);
    }

    void norm(const std::string& name, const ModelConfig& config, NormWeights& destination) {
        vector(name + ".weight", destination.weight);
        if (config.norm == NormKind::Layer) {
            vector(name + ".bias", destination.bias.emplace());
        }
    }

    void linear(const std::string& name, bool bias, LinearWeights& destination) {
        matrix(name + ".weight", destination.matrix);
        if (bias) {
            vector(name + ".bias", destination.bias.emplace());
        }
    }

    [[nodiscard]] const std::set<std::string, std::less<>>& names() const { return names_; }
    [[nodiscard]] uint64_t bytes() const {
        uint64_t sum = 0;
        for (const WeightSource& source : sources_) {
            sum += source.rows * rowBytes(source.format, source.columns);
        }
        return sum;
    }

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
    std::set<std::string, std::less<>> names_;
};

void collectAttention(WeightLoader& loader, const std::string& prefix, const ModelConfig& config, LayerWeights& layer,
                      LinearWeights& fusedQkv) {
    loader.norm(prefix + "attn_norm", config, layer.attentionNorm);
    if (config.fusedQkv) {
        loader.linear(prefix + "attn_qkv", config.qkvBias, fusedQkv);
    } else {
        loader.linear(prefix + "attn_q", config.qkvBias, layer.query);
        loader.linear(prefix + "attn_k", config.qkvBias, layer.key);
        loader.linear(prefix + "attn_v", config.qkvBias, layer.value);
    }
    if (config.qkNorm) {
        loader.vector(prefix + "attn_q_norm.weight", layer.queryNorm.emplace());
        loader.vector(prefix + "attn_k_norm.weight", layer.keyNorm.emplace());
    }
    loader.linear(prefix + "attn_output", config.otherBias, layer.attentionOutput);
}

/// `ending`: "" of a plain feed-forward, "_shexp" of shared experts.
void collectFeedForward(WeightLoader& loader, const std::string& prefix, const std::string& ending, const ModelConfig& config,
                        FeedForwardWeights& weights) {
    if (config.feedForwardKind == FeedForwardKind::SiluGated) {
        loader.linear(prefix + "ffn_gate" + ending, config.otherBias, weights.gate.emplace());
    }
    loader.linear(prefix + "ffn_up" + ending, config.otherBias, weights.up);
    loader.linear(prefix + "ffn_down" + ending, config.otherBias, weights.down);
}

void collectMixture(WeightLoader& loader, const std::string& prefix, const Mixture& mixture, MixtureWeights& weights) {
    loader.matrix(prefix + "ffn_gate_inp.weight", weights.router);
    if (mixture.selectionBias) {
        loader.vector(prefix + "exp_probs_b.bias", weights.selectionBias.emplace());
    }
    if (mixture.fusedGateUp) {
        loader.matrix(prefix + "ffn_gate_up_exps.weight", weights.gate.stacked);
    } else {
        loader.matrix(prefix + "ffn_gate_exps.weight", weights.gate.stacked);
        loader.matrix(prefix + "ffn_up_exps.weight", weights.up.stacked);
    }
    loader.matrix(prefix + "ffn_down_exps.weight", weights.down.stacked);
}

void collectBehindAttention(WeightLoader& loader, uint32_t number, const std::string& prefix, const ModelConfig& config,
                            LayerWeights& layer) {
    loader.norm(prefix + "ffn_norm", config, layer.feedForwardNorm);
    if (!config.hasExperts(number)) {
        collectFeedForward(loader, prefix, "", config, layer.feedForward.emplace());
        return;
    }
    collectMixture(loader, prefix, *config.mixture, layer.mixture.emplace());
    if (config.mixture->sharedWidth > 0) {
        collectFeedForward(loader, prefix, "_shexp", config, layer.feedForward.emplace());
    }
}

/// Outputs [first, first + count) of a layer.
LinearWeights partOf(const LinearWeights& whole, uint32_t first, uint32_t count) {
    LinearWeights part{.matrix = whole.matrix.rowRange(first, count), .bias = std::nullopt};
    if (whole.bias) {
        part.bias = whole.bias->columnRange(first, count);
    }
    return part;
}

/// Where each matrix of an expert stands in what was loaded.
void placeExperts(const Mixture& mixture, uint32_t width, MixtureWeights& weights) {
    const uint32_t stored = mixture.fusedGateUp ? 2 * mixture.width : mixture.width;
    weights.gate.perExpert = stored;
    if (mixture.fusedGateUp) {
        weights.up = weights.gate;
        weights.up.first = mixture.width;
    }
    weights.up.perExpert = stored;
    weights.down.perExpert = width;
}

void splitQkv(const LinearWeights& fused, const ModelConfig& config, LayerWeights& layer) {
    const uint32_t queryWidth = config.heads * config.headDim;
    const uint32_t keyWidth = config.kvHeads * config.headDim;
    layer.query = partOf(fused, 0, queryWidth);
    layer.key = partOf(fused, queryWidth, keyWidth);
    layer.value = partOf(fused, queryWidth + keyWidth, keyWidth);
}

/// What a range of layers is loaded from, and where it goes; `fusedQkv` is split afterwards.
struct Collected {
    Weights weights;
    std::vector<LinearWeights> fusedQkv;  // of each layer
    WeightLoader loader;

    Collected(const ModelSource& source, const ModelConfig& config, LayerRange layers) : fusedQkv(layers.count()), loader(source) {
        weights.layers.resize(layers.count());
        collectEnds(config, layers);
        for (uint32_t i = 0; i < layers.count(); ++i) {
            const std::string prefix = "blk." + std::to_string(layers.first + i) + ".";
            collectAttention(loader, prefix, config, weights.layers[i], fusedQkv[i]);
            collectBehindAttention(loader, layers.first + i, prefix, config, weights.layers[i]);
        }
    }

private:
    void collectEnds(const ModelConfig& config, LayerRange layers) {
        if (layers.embeds()) {
            loader.matrix("token_embd.weight", weights.embedding);
            if (config.learnedPositions) {
                loader.matrix("position_embd.weight", weights.positions.emplace());
            }
        }
        if (layers.predicts()) {
            loader.norm("output_norm", config, weights.outputNorm);
            if (!config.tiedHead) {
                loader.matrix("output.weight", weights.head);
            } else if (!layers.embeds()) {
                loader.matrix("token_embd.weight", weights.head);
            }
        }
    }
};

}  // namespace

Result<Weights> loadWeights(Backend& backend, const ModelSource& source, const ModelConfig& config, LayerRange layers,
                            const Progress& progress, std::stop_token stop) {
    Collected collected(source, config, layers);
    auto store = collected.loader.load(backend, progress, std::move(stop));
    if (!store) {
        return store.error();
    }
    Weights& weights = collected.weights;
    weights.store = std::move(*store);
    for (uint32_t i = 0; config.fusedQkv && i < layers.count(); ++i) {
        splitQkv(collected.fusedQkv[i], config, weights.layers[i]);
    }
    for (LayerWeights& layer : weights.layers) {
        if (layer.mixture) {
            placeExperts(*config.mixture, config.width, *layer.mixture);
        }
    }
    if (config.tiedHead && layers.isWhole()) {
        weights.head = weights.embedding;
    }
    return std::move(weights);
}

std::set<std::string, std::less<>> weightNames(const ModelSource& source, const ModelConfig& config, LayerRange layers) {
    return Collected(source, config, layers).loader.names();
}

uint64_t weightBytes(const ModelSource& source, const ModelConfig& config, LayerRange layers) {
    return Collected(source, config, layers).loader.bytes();
}

}  // namespace crystallite
