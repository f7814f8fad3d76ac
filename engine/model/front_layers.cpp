#include "engine/model/front_layers.h"

#include "engine/base/assert.h"
#include "engine/model/transformer.h"

#include <cstring>
#include <utility>

namespace crystallite {

FrontLayers::FrontLayers(Backend& backend, const ModelConfig& config, LayerRange layers, Weights weights)
    : backend_(backend),
      config_(config),
      layers_(layers),
      weights_(std::move(weights)),
      store_(backend, layers.count(), config.kvHeads * config.headDim) {}

Result<std::unique_ptr<FrontLayers>> FrontLayers::load(Backend& backend, const ModelSource& source, const ModelConfig& config,
                                                       LayerRange layers, std::stop_token stop) {
    ENGINE_ASSERT(layers.embeds() && !layers.predicts());
    auto weights = loadWeights(backend, source, config, layers, {}, std::move(stop));
    if (!weights) {
        return weights.error();
    }
    return std::unique_ptr<FrontLayers>(new FrontLayers(backend, config, layers, std::move(*weights)));
}

Result<void> FrontLayers::prepare(uint32_t slots, bool stored) {
    if (!activations_ || activations_->slots() < slots) {
        activations_.reset();
        auto created = Activations::create(backend_, config_, layers_, slots);
        if (!created) {
            return created.error();
        }
        activations_ = std::move(*created);
    }
    return stored ? store_.reserve(slots) : Result<void>();
}

Result<void> FrontLayers::run(std::span<const TokenId> tokens, const PassRows& rows, Buffer& border, std::stop_token stop,
                              const WatchedRow* watched) {
    ENGINE_ASSERT(activations_ && rows.count(config_) == tokens.size());
    writeWords(*activations_->tokens, tokens);
    const auto ran = runStored(store_, rows, [&](const KvStore* store) {
        const Transformer transformer(config_, weights_, *activations_, rows, store, watched);
        return backend_.run([&](Pass& pass) { transformer.recordBlocks(pass); }, std::move(stop));
    });
    if (!ran) {
        return ran;
    }
    const uint64_t bytes = tokens.size() * config_.width * sizeof(float);
    ENGINE_ASSERT(bytes <= border.hostBytes().size());
    std::memcpy(border.hostBytes().data(), activations_->border->hostBytes().data(), bytes);
    return {};
}

}  // namespace crystallite
