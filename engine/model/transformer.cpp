#include "engine/model/transformer.h"

#include "engine/base/assert.h"

#include <cmath>

namespace crystallite {

Transformer::Transformer(const ModelConfig& config, const Weights& weights, const Activations& buffers, uint32_t slots, ShadowRows shadow)
    : config_(config),
      weights_(weights),
      buffers_(buffers),
      slots_(slots),
      shadow_(shadow),
      residual_(denseTensor(*buffers.residual, slots, config.width)),
      normed_(denseTensor(*buffers.normed, slots, config.width)),
      queries_(denseTensor(*buffers.queries, slots, config.heads * config.headDim)),
      keys_(denseTensor(*buffers.keys, slots, config.kvHeads * config.headDim)),
      values_(denseTensor(*buffers.values, slots, config.kvHeads * config.headDim)),
      attended_(denseTensor(*buffers.attended, slots, config.heads * config.headDim)),
      gate_(denseTensor(*buffers.gate, slots, config.feedForward)),
      up_(denseTensor(*buffers.up, slots, config.feedForward)) {
    ENGINE_ASSERT(slots <= buffers.slots());
    ENGINE_ASSERT(shadow.rows == 0 || (config.visibility == Visibility::Full && !config.shiftLogits));
}

template <typename Record>
void Transformer::forEachStretch(const Record& record) const {
    record(0U, slots_ - shadow_.rows, 0U);
    if (shadow_.rows > 0) {
        record(slots_ - shadow_.rows, shadow_.rows, shadow_.begin);
    }
}

void Transformer::recordBlocks(Pass& pass) const {
    recordEmbedding(pass);
    for (const LayerWeights& layer : weights_.layers) {
        recordAttention(pass, layer);
        recordFeedForward(pass, layer);
    }
}

void Transformer::recordEmbedding(Pass& pass) const {
    pass.embed({.table = weights_.embedding, .tokens = {.buffer = buffers_.tokens.get(), .count = slots_}, .out = residual_});
    if (weights_.positions) {
        forEachStretch([&](uint32_t first, uint32_t count, uint32_t position) {
            pass.embed({.table = *weights_.positions,
                        .tokens = {.buffer = buffers_.positions.get(), .offsetBytes = position * sizeof(uint32_t), .count = count},
                        .out = residual_.rowRange(first, count),
                        .result = EmbedResult::AddToOut});
        });
    }
}

void Transformer::recordAttention(Pass& pass, const LayerWeights& layer) const {
    recordNorm(pass, residual_, layer.attentionNorm, normed_);
    pass.matmul({.x = normed_, .weights = layer.query, .bias = layer.queryBias, .out = queries_});
    pass.matmul({.x = normed_, .weights = layer.key, .bias = layer.keyBias, .out = keys_});
    pass.matmul({.x = normed_, .weights = layer.value, .bias = layer.valueBias, .out = values_});
    if (config_.qkNorm) {
        recordNorm(pass, queries_, *layer.queryNorm, queries_);
        recordNorm(pass, keys_, *layer.keyNorm, keys_);
    }
    if (config_.rotaryDims > 0) {
        recordRope(pass, queries_);
        recordRope(pass, keys_);
    }
    pass.attention({.queries = queries_,
                    .keys = keys_,
                    .values = values_,
                    .out = attended_,
                    .headDim = config_.headDim,
                    .scale = 1.0F / std::sqrt(static_cast<float>(config_.headDim)),
                    .visibility = shadow_.rows > 0 ? Visibility::Shadow : config_.visibility,
                    .shadow = shadow_});
    pass.matmul({.x = attended_, .weights = layer.attentionOutput, .out = residual_, .result = MatmulResult::AddToOut});
}

void Transformer::recordFeedForward(Pass& pass, const LayerWeights& layer) const {
    recordNorm(pass, residual_, layer.feedForwardNorm, normed_);
    pass.matmul({.x = normed_, .weights = layer.gate, .out = gate_});
    pass.matmul({.x = normed_, .weights = layer.up, .out = up_});
    pass.siluGate({.gate = gate_, .up = up_, .out = gate_});
    pass.matmul({.x = gate_, .weights = layer.down, .out = residual_, .result = MatmulResult::AddToOut});
}

Tensor Transformer::recordHead(Pass& pass, uint32_t first, uint32_t count) const {
    // The blocks are done with the normed rows; they hold the gathered ones now.
    const Tensor open = normed_.rowRange(0, count);
    const Tensor logits = denseTensor(*buffers_.logits, count, config_.vocabulary);
    pass.gatherRows({.x = residual_,
                     .rows = {.buffer = buffers_.openRows.get(), .offsetBytes = first * sizeof(uint32_t), .count = count},
                     .out = open});
    recordLogits(pass, open, logits);
    return logits;
}

void Transformer::recordLogits(Pass& pass, const Tensor& rows, const Tensor& logits) const {
    recordNorm(pass, rows, weights_.outputNorm, rows);
    pass.matmul({.x = rows, .weights = weights_.head, .out = logits});
}

void Transformer::recordNorm(Pass& pass, const Tensor& x, const Tensor& weight, const Tensor& out) const {
    pass.rmsNorm({.x = x, .weight = weight, .epsilon = config_.normEpsilon, .out = out});
}

void Transformer::recordRope(Pass& pass, const Tensor& x) const {
    forEachStretch([&](uint32_t first, uint32_t count, uint32_t position) {
        pass.rope({.x = x.rowRange(first, count),
                   .table = denseTensor(*buffers_.ropeTable, buffers_.slots(), config_.rotaryDims),
                   .headDim = config_.headDim,
                   .firstPosition = position,
                   .pairing = config_.ropePairing});
    });
}

}  // namespace crystallite
