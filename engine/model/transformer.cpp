#include "engine/model/transformer.h"

#include "engine/base/assert.h"
#include "engine/model/denoiser.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

void recordLinear(Pass& pass, const Tensor& x, const LinearWeights& weights, const Tensor& out, MatmulResult result = MatmulResult::Store) {
    pass.matmul({.x = x, .weights = weights.matrix, .bias = weights.bias, .out = out, .result = result});
}

}  // namespace

Transformer::Transformer(const ModelConfig& config, const Weights& weights, const Activations& buffers, const PassRows& rows,
                         const KvStore* store, const WatchedRow* watched)
    : config_(config),
      weights_(weights),
      buffers_(buffers),
      passRows_(rows),
      store_(store),
      watched_(watched),
      rows_(rows.count(config)),
      residual_(denseTensor(*buffers.residual, rows_, config.width)),
      normed_(denseTensor(*buffers.normed, rows_, config.width)),
      queries_(denseTensor(*buffers.queries, rows_, config.heads * config.headDim)),
      attended_(denseTensor(*buffers.attended, rows_, config.heads * config.headDim)) {
    ENGINE_ASSERT(rows_ <= buffers.slots() && rows.end() <= buffers.slots());
    ENGINE_ASSERT(store != nullptr || (rows.first == 0 && rows.seen <= rows.text));
    ENGINE_ASSERT(rows.shadow.rows == 0 || (config.visibility == Visibility::Full && store == nullptr));
    ENGINE_ASSERT(watched == nullptr || rows.shadow.rows == 0);
    ENGINE_ASSERT(!rows.visibility.canvasBegin || config.visibility == Visibility::Causal);
}

template <typename Record>
void Transformer::forEachStretch(const Record& record) const {
    const auto& [begin, text, seen, shadow, visibility, owner] = passRows_;
    record(0U, text, begin);
    if (shadow.rows == 0) {
        return;
    }
    record(text, shadow.rows, shadow.begin);
    if (config_.shiftLogits) {
        const uint32_t first = text + shadow.rows;
        const uint32_t ofSlot0 = shadow.begin == 0 ? 1 : 0;
        if (ofSlot0 == 1) {
            record(first, 1U, 0U);
        }
        if (shadow.rows > ofSlot0) {
            record(first + ofSlot0, shadow.rows - ofSlot0, shadow.begin + ofSlot0 - 1);
        }
    }
}

void Transformer::recordBlocks(Pass& pass) const {
    if (buffers_.layers().embeds()) {
        recordEmbedding(pass);
    } else {
        recordEntry(pass);
    }
    for (uint32_t index = 0; index < weights_.layers.size(); ++index) {
        recordAttention(pass, weights_.layers[index], index);
        recordFeedForward(pass, weights_.layers[index]);
    }
    if (watched_ != nullptr) {
        watched_->recordRead(pass);
    }
    if (!buffers_.layers().predicts()) {
        recordExit(pass);
    }
}

void Transformer::recordEmbedding(Pass& pass) const {
    pass.embed({.table = weights_.embedding, .tokens = {.buffer = buffers_.tokens.get(), .count = rows_}, .out = residual_});
    if (weights_.positions) {
        forEachStretch([&](uint32_t first, uint32_t count, uint32_t position) {
            pass.embed({.table = *weights_.positions,
                        .tokens = {.buffer = buffers_.positions.get(), .offsetBytes = position * sizeof(uint32_t), .count = count},
                        .out = residual_.rowRange(first, count),
                        .result = EmbedResult::AddToOut});
        });
    }
}

void Transformer::recordEntry(Pass& pass) const {
    pass.gatherRows({.x = denseTensor(*buffers_.border, rows_, config_.width),
                     .rows = {.buffer = buffers_.positions.get(), .count = rows_},
                     .out = residual_});
}

void Transformer::recordExit(Pass& pass) const {
    pass.readTensor(residual_, *buffers_.border, 0);
}

void Transformer::recordAttention(Pass& pass, const LayerWeights& layer, uint32_t index) const {
    const uint32_t first = passRows_.first;
    const uint32_t keyWidth = config_.kvHeads * config_.headDim;
    const Tensor keys = store_ != nullptr ? store_->keys(index, first, rows_) : denseTensor(*buffers_.keys, rows_, keyWidth);
    const Tensor values = store_ != nullptr ? store_->values(index, first, rows_) : denseTensor(*buffers_.values, rows_, keyWidth);
    recordNorm(pass, residual_, layer.attentionNorm, normed_);
    recordLinear(pass, normed_, layer.query, queries_);
    recordLinear(pass, normed_, layer.key, keys);
    recordLinear(pass, normed_, layer.value, values);
    if (config_.qkNorm) {
        recordHeadNorm(pass, queries_, *layer.queryNorm);
        recordHeadNorm(pass, keys, *layer.keyNorm);
    }
    if (config_.rotaryDims > 0) {
        recordRope(pass, queries_);
        recordRope(pass, keys);
    }
    if (store_ != nullptr) {
        recordVisible(pass, store_->keys(index, 0, passRows_.seen), store_->values(index, 0, passRows_.seen), index);
    } else {
        const uint32_t seen = passRows_.text + passRows_.shadow.rows;
        recordVisible(pass, keys.rowRange(0, seen), values.rowRange(0, seen), index);
    }
    recordLinear(pass, attended_, layer.attentionOutput, residual_, MatmulResult::AddToOut);
}

Visibility Transformer::visibility() const {
    if (passRows_.shadow.rows > 0) {
        return Visibility::Shadow;
    }
    return passRows_.visibility.canvasBegin ? Visibility::CausalCanvas : config_.visibility;
}

/// The rows that predict the slots of a shadow see what its masked rows see: the same queries' places, once more.
void Transformer::recordVisible(Pass& pass, const Tensor& keys, const Tensor& values, uint32_t index) const {
    const uint32_t queries = passRows_.text + passRows_.shadow.rows;
    AttentionArgs args{.queries = queries_.rowRange(0, queries),
                       .keys = keys,
                       .values = values,
                       .out = attended_.rowRange(0, queries),
                       .headDim = config_.headDim,
                       .scale = 1.0F / std::sqrt(static_cast<float>(config_.headDim)),
                       .firstQuery = passRows_.first,
                       .visibility = visibility(),
                       .blockLength = blockLengthOf(config_, passRows_.visibility),
                       .blockOffset = passRows_.visibility.blockOffset,
                       .canvasBegin = passRows_.visibility.canvasBegin.value_or(0),
                       .shadow = passRows_.shadow};
    pass.attention(args);
    if (watched_ != nullptr) {
        watched_->record(pass, args, index);
    }
    if (rows_ > queries) {
        args.queries = queries_.rowRange(queries, rows_ - queries);
        args.out = attended_.rowRange(queries, rows_ - queries);
        args.firstQuery = passRows_.text;
        pass.attention(args);
    }
}

void Transformer::recordFeedForward(Pass& pass, const LayerWeights& layer) const {
    recordNorm(pass, residual_, layer.feedForwardNorm, normed_);
    if (layer.feedForward) {
        recordPlain(pass, *layer.feedForward);
    }
    for (uint32_t first = 0; layer.mixture && first < rows_; first += buffers_.mixtureRows()) {
        recordMixture(pass, *layer.mixture, first, std::min(buffers_.mixtureRows(), rows_ - first));
    }
}

void Transformer::recordPlain(Pass& pass, const FeedForwardWeights& weights) const {
    const uint32_t width = weights.up.matrix.rows;
    const Tensor up = denseTensor(*buffers_.up, rows_, width);
    recordLinear(pass, normed_, weights.up, up);
    Tensor inner = up;
    if (weights.gate) {
        inner = denseTensor(*buffers_.gate, rows_, width);
        recordLinear(pass, normed_, *weights.gate, inner);
        pass.siluGate({.gate = inner, .up = up, .out = inner});
    } else {
        pass.gelu({.x = up, .out = up});
    }
    recordLinear(pass, inner, weights.down, residual_, MatmulResult::AddToOut);
}

void Transformer::recordMixture(Pass& pass, const MixtureWeights& weights, uint32_t firstRow, uint32_t rows) const {
    const Mixture& mixture = *config_.mixture;
    const uint32_t pairs = rows * mixture.used;
    const Tensor x = normed_.rowRange(firstRow, rows);
    const Tensor scores = denseTensor(*buffers_.routerScores, rows, mixture.experts);
    const Tensor shares = denseTensor(*buffers_.routerWeights, rows, mixture.used);
    const Tensor answers = denseTensor(*buffers_.answers, pairs, config_.width);
    const IndexView chosen{.buffer = buffers_.routedExperts.get(), .count = pairs};
    const ExpertGroups groups{.pairs = {.buffer = buffers_.expertPairs.get(), .count = pairs},
                              .begins = {.buffer = buffers_.expertBegins.get(), .count = mixture.experts + 1},
                              .used = mixture.used};
    pass.matmul({.x = x, .weights = weights.router, .bias = {}, .out = scores});
    pass.route({.scores = scores, .bias = weights.selectionBias, .rule = mixture.rule, .experts = chosen, .weights = shares});
    pass.groupByExpert({.experts = chosen, .groups = groups});
    recordExperts(pass, weights, x, groups, answers);
    pass.combineExperts({.x = answers, .weights = shares, .out = residual_.rowRange(firstRow, rows)});
}

/// answers[pair] = down(silu(gate(x)) * up(x)) of the pair's expert and row.
void Transformer::recordExperts(Pass& pass, const MixtureWeights& weights, const Tensor& x, const ExpertGroups& groups,
                                const Tensor& answers) const {
    const auto product = [&](const Tensor& in, const ExpertMatrices& matrices, const Tensor& out) {
        pass.expertMatmul({.x = in,
                           .weights = matrices.stacked,
                           .perExpert = matrices.perExpert,
                           .firstFeature = matrices.first,
                           .groups = groups,
                           .out = out});
    };
    const Tensor gate = denseTensor(*buffers_.gate, answers.rows, config_.mixture->width);
    const Tensor up = denseTensor(*buffers_.up, answers.rows, config_.mixture->width);
    product(x, weights.gate, gate);
    product(x, weights.up, up);
    pass.siluGate({.gate = gate, .up = up, .out = gate});
    product(gate, weights.down, answers);
}

Tensor Transformer::recordHead(Pass& pass, uint32_t first, uint32_t count) const {
    // The blocks are done with the normed rows; they hold the gathered ones now. With a shift one row can predict two slots, so that these
    // may be more than those of the pass.
    const Tensor open = denseTensor(*buffers_.normed, count, config_.width);
    const Tensor logits = denseTensor(*buffers_.logits, count, config_.outputVocabulary);
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

void Transformer::recordNorm(Pass& pass, const Tensor& x, const NormWeights& weights, const Tensor& out) const {
    if (weights.bias) {
        pass.layerNorm({.x = x, .weight = weights.weight, .bias = *weights.bias, .epsilon = config_.normEpsilon, .out = out});
    } else {
        pass.rmsNorm({.x = x, .weight = weights.weight, .epsilon = config_.normEpsilon, .out = out});
    }
}

void Transformer::recordHeadNorm(Pass& pass, const Tensor& x, const Tensor& weight) const {
    pass.rmsNorm({.x = x, .weight = weight, .epsilon = config_.normEpsilon, .out = x});
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
