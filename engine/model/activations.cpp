#include "engine/model/activations.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace crystallite {
namespace {

constexpr uint64_t kLogitBytes = uint64_t{64} << 20;
// A multiple keeps the offsets of later chunks on every device's binding alignment (256 bytes at most).
constexpr uint32_t kLogitRowStep = 64;

uint32_t logitRowsFor(const ModelConfig& config, uint32_t slots) {
    const uint64_t fitting = kLogitBytes / (uint64_t{config.outputVocabulary} * sizeof(float));
    const uint64_t rows = std::max<uint64_t>(fitting / kLogitRowStep, 1) * kLogitRowStep;
    return static_cast<uint32_t>(std::min<uint64_t>(rows, slots));
}

// Enough rows for every expert to have some, so that decoding its weights once more for the next rows costs little.
constexpr uint64_t kMostMixtureRows = 1024;
constexpr uint64_t kAnswerBytes = uint64_t{64} << 20;

uint32_t mixtureRowsFor(const ModelConfig& config, uint32_t slots) {
    if (!config.mixture) {
        return 0;
    }
    const uint64_t rowBytes = uint64_t{config.mixture->used} * std::max(config.width, config.mixture->width) * sizeof(float);
    return static_cast<uint32_t>(std::clamp<uint64_t>(kAnswerBytes / rowBytes, 1, std::min<uint64_t>(slots, kMostMixtureRows)));
}

/// Words of the widest thing that a feed-forward computes for all slots, or experts for the rows of a mixture.
uint64_t feedForwardWords(const ModelConfig& config, uint64_t slots, uint64_t mixtureRows) {
    if (!config.mixture) {
        return slots * config.feedForward;
    }
    const Mixture& mixture = *config.mixture;
    const uint64_t dense = mixture.denseLayers > 0 ? config.feedForward : 0;
    return std::max(slots * std::max<uint64_t>(dense, mixture.sharedWidth), mixtureRows * mixture.used * mixture.width);
}

struct Allocation {
    std::unique_ptr<Buffer> Activations::*buffer;
    uint64_t words;  // 0: there is no such buffer
    MemoryUse use;
};

std::vector<Allocation> mixtureAllocations(const ModelConfig& config, uint64_t rows) {
    if (!config.mixture) {
        return {};
    }
    const uint64_t pairs = rows * config.mixture->used;
    return {
        {&Activations::routerScores, rows * config.mixture->experts, MemoryUse::Activations},
        {&Activations::routerWeights, pairs, MemoryUse::Activations},
        {&Activations::routedExperts, pairs, MemoryUse::Activations},
        {&Activations::expertPairs, pairs, MemoryUse::Activations},
        {&Activations::expertBegins, uint64_t{config.mixture->experts} + 1, MemoryUse::Activations},
        {&Activations::answers, pairs * config.width, MemoryUse::Activations},
    };
}

std::vector<Allocation> allocationsFor(const ModelConfig& config, LayerRange layers, uint32_t slotCount) {
    const uint64_t slots = slotCount;
    const uint64_t logitRows = logitRowsFor(config, slotCount);
    const uint64_t mixtureRows = mixtureRowsFor(config, slotCount);
    const uint64_t feedForward = feedForwardWords(config, slots, mixtureRows);
    const uint64_t queryWidth = uint64_t{config.heads} * config.headDim;
    const uint64_t keyWidth = uint64_t{config.kvHeads} * config.headDim;
    const bool gated = config.feedForwardKind == FeedForwardKind::SiluGated;
    std::vector<Allocation> all = {
        {&Activations::tokens, slots, MemoryUse::Upload},
        {&Activations::positions, slots, MemoryUse::Upload},
        {&Activations::openRows, slots, MemoryUse::Upload},
        {&Activations::openSlots, slots, MemoryUse::Upload},
        {&Activations::ropeTable, std::max<uint64_t>(slots * config.rotaryDims, 1), MemoryUse::Upload},
        {&Activations::border, layers.isWhole() ? 0 : slots * config.width, layers.embeds() ? MemoryUse::Readback : MemoryUse::Upload},
        {&Activations::residual, slots * config.width, MemoryUse::Activations},
        {&Activations::normed, slots * config.width, MemoryUse::Activations},
        {&Activations::queries, slots * queryWidth, MemoryUse::Activations},
        {&Activations::keys, slots * keyWidth, MemoryUse::Activations},
        {&Activations::values, slots * keyWidth, MemoryUse::Activations},
        {&Activations::attended, slots * queryWidth, MemoryUse::Activations},
        {&Activations::gate, gated ? feedForward : 1, MemoryUse::Activations},
        {&Activations::up, feedForward, MemoryUse::Activations},
        {&Activations::logits, layers.predicts() ? logitRows * config.outputVocabulary : 0, MemoryUse::Activations},
        {&Activations::candidates, layers.predicts() ? slots * candidateRowWords(kMaxCandidates) : 0, MemoryUse::Readback},
    };
    const std::vector<Allocation> ofMixture = mixtureAllocations(config, mixtureRows);
    all.insert(all.end(), ofMixture.begin(), ofMixture.end());
    return all;
}

/// Row p: the cosines, then the sines, of p * theta^(-2j / rotaryDims). In double precision: at f32 the angle of a late position would be
/// off by more than the rotation of a slow pair.
std::vector<float> ropeAngles(const ModelConfig& config, uint32_t slots) {
    const uint32_t pairs = config.rotaryDims / 2;
    std::vector<float> table(uint64_t{slots} * config.rotaryDims);
    for (uint32_t position = 0; position < slots; ++position) {
        float* row = table.data() + uint64_t{position} * config.rotaryDims;
        for (uint32_t pair = 0; pair < pairs; ++pair) {
            const double angle = position * std::pow(config.ropeTheta, -2.0 * pair / config.rotaryDims);
            row[pair] = static_cast<float>(std::cos(angle));
            row[pairs + pair] = static_cast<float>(std::sin(angle));
        }
    }
    return table;
}

}  // namespace

Activations::Activations(const ModelConfig& config, LayerRange layers, uint32_t slots)
    : layers_(layers), slots_(slots), logitRows_(logitRowsFor(config, slots)), mixtureRows_(mixtureRowsFor(config, slots)) {}

Result<std::unique_ptr<Activations>> Activations::create(Backend& backend, const ModelConfig& config, LayerRange layers, uint32_t slots) {
    std::unique_ptr<Activations> activations(new Activations(config, layers, slots));
    for (const Allocation& allocation : allocationsFor(config, layers, slots)) {
        if (allocation.words == 0) {
            continue;
        }
        auto buffer = backend.allocate(allocation.words * sizeof(uint32_t), allocation.use);
        if (!buffer) {
            return buffer.error();
        }
        (*activations).*allocation.buffer = std::move(*buffer);
    }
    activations->fillConstants(config);
    return activations;
}

uint64_t Activations::bytesFor(const ModelConfig& config, LayerRange layers, uint32_t slots) {
    uint64_t words = 0;
    for (const Allocation& allocation : allocationsFor(config, layers, slots)) {
        words += allocation.words;
    }
    return words * sizeof(uint32_t);
}

void Activations::fillConstants(const ModelConfig& config) {
    std::vector<uint32_t> slotNumbers(slots_);
    std::iota(slotNumbers.begin(), slotNumbers.end(), 0U);
    writeWords(*positions, slotNumbers);
    const std::vector<float> angles = ropeAngles(config, slots_);
    std::ranges::copy(std::as_bytes(std::span(angles)), ropeTable->hostBytes().begin());
}

void writeWords(Buffer& buffer, std::span<const uint32_t> words) {
    ENGINE_ASSERT(words.size_bytes() <= buffer.hostBytes().size());
    std::ranges::copy(std::as_bytes(words), buffer.hostBytes().begin());  // unlike memcpy it takes no words at all
}

}  // namespace crystallite
