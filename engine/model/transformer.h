#pragma once

#include "engine/model/activations.h"
#include "engine/model/kv_store.h"
#include "engine/model/pass_rows.h"
#include "engine/model/watched_row.h"
#include "engine/model/weights.h"

namespace crystallite {

/// The forward pass as a list of operations: a pre-norm transformer with rotary or learned positions, RMS norms and a gated feed-forward
/// (LLaMA's block, arXiv 2302.13971; bidirectional in LLaDA, arXiv 2502.09992), a mixture of such, or LayerNorms and a plain one (GPT-2's).
/// Borrows everything for one recording.
///
/// Rows are neighbouring slots of the canvas. Without a store they are the first ones: as many as the last of them sees, or more.
class Transformer {
public:
    /// With a store the keys and values of the rows are written there and all others are read there; it must stand ready for the pass.
    /// The last rows may be those of a shadow: then every other row must see all of the text, and there is no store.
    ///
    /// With a shift the row before a slot predicts it. That row stands behind the masked ones once more, with its own token and position,
    /// and sees what the masked row of the slot sees, while nobody sees it: what is predicted for the slot comes from there. Slot 0, which
    /// no row stands before, is repeated as a masked row instead.
    ///
    /// With a watched row, one of the text's, it is recorded where that row looks in every layer.
    Transformer(const ModelConfig& config, const Weights& weights, const Activations& buffers, const PassRows& rows,
                const KvStore* store = nullptr, const WatchedRow* watched = nullptr);

    /// tokens -> residual stream after the last block. Where other layers stand before or behind these, it comes from there and goes there.
    void recordBlocks(Pass& pass) const;
    /// Logits of the open rows [first, first + count), count <= buffers.logitRows(); they stand in rows 0..count of the result.
    [[nodiscard]] Tensor recordHead(Pass& pass, uint32_t first, uint32_t count) const;
    /// The same of rows of the residual stream, which are normed in place.
    void recordLogits(Pass& pass, const Tensor& rows, const Tensor& logits) const;
    /// [rows, width] the residual stream
    [[nodiscard]] const Tensor& residual() const { return residual_; }

private:
    void recordEmbedding(Pass& pass) const;
    void recordEntry(Pass& pass) const;
    void recordExit(Pass& pass) const;
    void recordAttention(Pass& pass, const LayerWeights& layer, uint32_t index) const;
    void recordFeedForward(Pass& pass, const LayerWeights& layer) const;
    void recordPlain(Pass& pass, const FeedForwardWeights& weights) const;
    void recordMixture(Pass& pass, const MixtureWeights& weights, uint32_t firstRow, uint32_t rows) const;
    void recordExperts(Pass& pass, const MixtureWeights& weights, const Tensor& x, const ExpertGroups& groups, const Tensor& answers) const;
    void recordNorm(Pass& pass, const Tensor& x, const NormWeights& weights, const Tensor& out) const;
    void recordHeadNorm(Pass& pass, const Tensor& x, const Tensor& weight) const;
    void recordRope(Pass& pass, const Tensor& x) const;
    void recordVisible(Pass& pass, const Tensor& keys, const Tensor& values, uint32_t index) const;
    [[nodiscard]] Visibility visibility() const;
    /// Calls record(firstRow, count, position of firstRow) for the text and for its shadow.
    template <typename Record>
    void forEachStretch(const Record& record) const;

    const ModelConfig& config_;
    const Weights& weights_;
    const Activations& buffers_;
    PassRows passRows_;
    const KvStore* store_;
    const WatchedRow* watched_;
    uint32_t rows_;

    Tensor residual_;  // [rows, width]
    Tensor normed_;    // [rows, width]
    Tensor queries_;   // [rows, heads * headDim]
    Tensor attended_;  // [rows, heads * headDim]
};

}  // namespace crystallite
