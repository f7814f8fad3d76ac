#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/formats/model_source.h"
#include "engine/trace/grid_layout.h"

#include <optional>
#include <string>
#include <vector>

namespace crystallite {

enum class NormKind {
    Rms,    ///< a weight
    Layer,  ///< mean subtracted; a weight and a bias
};
enum class FeedForwardKind {
    SiluGated,  ///< down(silu(gate(x)) * up(x))
    Gelu,       ///< down(gelu(up(x)))
};

/// A feed-forward of many SiLU-gated experts of which every row asks a few: down(silu(gate(x)) * up(x)) of each, weighted by a router.
/// Shazeer et al., arXiv 1701.06538.
struct Mixture {
    uint32_t experts = 0;
    uint32_t used = 0;  ///< by each row
    uint32_t width = 0;
    uint32_t sharedWidth = 0;  ///< of the shared experts, which every row asks, together; 0: there are none
    uint32_t denseLayers = 0;  ///< the first ones, which have a plain feed-forward; below `layers`
    RoutingRule rule;
    bool selectionBias = false;
    bool fusedGateUp = false;  ///< stored as one tensor: of every expert the rows of gate, then those of up
};

/// Everything in which the supported transformers differ, as data. A flag that is not set means that the part is absent.
struct ModelConfig {
    std::string architecture;  ///< what the file calls itself: "qwen2"
    std::string family;        ///< what it holds: "open-dcoder"
    std::string name;          ///< general.name, or the file's
    uint32_t layers = 0;
    uint32_t width = 0;  ///< of the residual stream
    uint32_t heads = 0;
    uint32_t kvHeads = 0;
    uint32_t headDim = 0;
    uint32_t feedForward = 0;        ///< width of the plain feed-forward; of no layer when a mixture has no dense ones
    std::optional<Mixture> mixture;  ///< in the layers behind its dense ones
    uint32_t vocabulary = 0;         ///< rows of the embedding: ids that can stand on a canvas
    uint32_t outputVocabulary = 0;   ///< rows of the head: ids that can come out; at most `vocabulary`
    uint32_t contextLength = 0;      ///< longest canvas the model was trained on
    float normEpsilon = 1e-5F;
    double ropeTheta = 10000.0;
    uint32_t rotaryDims = 0;  ///< 0: positions do not turn queries and keys
    RopePairing ropePairing = RopePairing::HalfSplit;
    bool learnedPositions = false;  ///< a table of contextLength rows is added to the embedding
    NormKind norm = NormKind::Rms;
    FeedForwardKind feedForwardKind = FeedForwardKind::SiluGated;
    bool qkvBias = false;
    bool fusedQkv = false;   ///< stored as one tensor: the rows of q, of k, of v
    bool otherBias = false;  ///< of the attention's output and the feed-forward
    bool qkNorm = false;
    bool tiedHead = false;
    bool shiftLogits = false;                  ///< the prediction for position i stands in row i - 1
    Visibility visibility = Visibility::Full;  ///< Full, Causal or BlockCausal
    uint32_t blockLength = 0;                  ///< of BlockCausal, else 0
    TokenId maskId = 0;                 ///< may be an ordinary word, or an id beyond the head: a canvas knows beside its ids what is open
    bool hasMask = true;                ///< else maskId is an id that nothing else needs, for open slots to show
    std::vector<TokenId> endIds;        ///< of text, turn and padding, eos first: an answer ends at the first that comes
    std::vector<TokenId> forbiddenIds;  ///< never emitted: the mask itself; sorted, all below outputVocabulary
    std::optional<GridLayout> layout;   ///< the canvas is exactly this board
    uint64_t parameters = 0;
    uint64_t activeParameters = 0;  ///< that one row is multiplied with: `parameters` without the experts that it does not ask

    [[nodiscard]] bool hasExperts(uint32_t layer) const { return mixture && layer >= mixture->denseLayers; }
    /// Writes left to right: what stands right of a slot has no influence on it.
    [[nodiscard]] bool isAutoregressive() const { return visibility == Visibility::Causal; }
    /// What stands behind a row's block has no influence on it, so that keys and values of finished blocks may be kept.
    [[nodiscard]] bool hasExactCache() const { return visibility != Visibility::Full; }
};

/// Reads and checks the metadata against the tensors' shapes. Unsupported names what was found and what is supported; Ambiguous lists the
/// families that the file may hold, of which one is to be named under the key `crystallite.family`.
Result<ModelConfig> readModelConfig(const ModelSource& source);

}  // namespace crystallite
