#pragma once

#include "engine/backend/backend.h"
#include "engine/model/layer_range.h"
#include "engine/model/model_config.h"

#include <memory>
#include <span>

namespace crystallite {

/// Every buffer of a forward pass through `layers` over at most `slots` slots, allocated once so that a step allocates nothing.
class Activations {
public:
    static Result<std::unique_ptr<Activations>> create(Backend& backend, const ModelConfig& config, LayerRange layers, uint32_t slots);
    /// Bytes that create() would allocate.
    static uint64_t bytesFor(const ModelConfig& config, LayerRange layers, uint32_t slots);

    [[nodiscard]] LayerRange layers() const { return layers_; }
    [[nodiscard]] uint32_t slots() const { return slots_; }
    /// Rows of the head computed at a time, so that the logits of a large vocabulary stay bounded.
    [[nodiscard]] uint32_t logitRows() const { return logitRows_; }

    /// Rows that go through a mixture at a time, so that what its experts answer stays bounded.
    [[nodiscard]] uint32_t mixtureRows() const { return mixtureRows_; }

    std::unique_ptr<Buffer> tokens;     // [slots] u32, host
    std::unique_ptr<Buffer> positions;  // [slots] u32, host, constant: 0, 1, 2, …
    std::unique_ptr<Buffer> openRows;   // [slots] u32, host: rows that predict the open slots
    std::unique_ptr<Buffer> openSlots;  // [slots] u32, host: their canvas positions
    std::unique_ptr<Buffer> ropeTable;  // [slots, rotaryDims] f32, host, constant
    std::unique_ptr<Buffer> border;     // [slots, width] f32, host: the residual stream where it changes the device; null where it does not
    std::unique_ptr<Buffer> residual;   // [slots, width] f32
    std::unique_ptr<Buffer> normed;     // [slots, width] f32
    std::unique_ptr<Buffer> queries;    // [slots, heads * headDim] f32
    std::unique_ptr<Buffer> keys;       // [slots, kvHeads * headDim] f32
    std::unique_ptr<Buffer> values;     // [slots, kvHeads * headDim] f32
    std::unique_ptr<Buffer> attended;   // [slots, heads * headDim] f32
    std::unique_ptr<Buffer> gate;       // [slots, feedForward] f32; a word without a gate; also of the experts, as wide as the widest
    std::unique_ptr<Buffer> up;         // the same
    // Null without a mixture. Of mixtureRows() rows, and their pairs of a row and an expert.
    std::unique_ptr<Buffer> routerScores;   // [rows, experts] f32
    std::unique_ptr<Buffer> routerWeights;  // [rows, used] f32
    std::unique_ptr<Buffer> routedExperts;  // [pairs] u32
    std::unique_ptr<Buffer> expertPairs;    // [pairs] u32
    std::unique_ptr<Buffer> expertBegins;   // [experts + 1] u32
    std::unique_ptr<Buffer> answers;        // [pairs, width] f32
    // Null where no logits are computed.
    std::unique_ptr<Buffer> logits;      // [logitRows, outputVocabulary] f32
    std::unique_ptr<Buffer> candidates;  // [slots, candidateRowWords(kMaxCandidates)] u32, host

private:
    Activations(const ModelConfig& config, LayerRange layers, uint32_t slots);
    void fillConstants(const ModelConfig& config);

    LayerRange layers_;
    uint32_t slots_;
    uint32_t logitRows_;
    uint32_t mixtureRows_;
};

/// Copies into an Upload buffer.
void writeWords(Buffer& buffer, std::span<const uint32_t> words);

}  // namespace crystallite
