#include "engine/model/activations.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

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

struct Allocation {
    std::unique_ptr<Buffer> Activations::*buffer;
    uint64_t words;  // 0: there is no such buffer
    MemoryUse use;
};

std::array<Allocation, 16> allocationsFor(const ModelConfig& config, LayerRange layers, uint64_t slots, uint64_t logitRows) {
    const uint64_t queryWidth = uint64_t{config.heads} * config.headDim;
    const uint64_t keyWidth = uint64_t{config.kvHeads} * config.headDim;
    const bool gated = config.feedForwardKind == FeedForwardKind::SiluGated;
    return {{
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
        {&Activations::gate, gated ? slots * config.feedForward : 1, MemoryUse::Activations},
        {&Activations::up, slots * config.feedForward, MemoryUse::Activations},
        {&Activations::logits, layers.predicts() ? logitRows * config.outputVocabulary : 0, MemoryUse::Activations},
        {&Activations::candidates, layers.predicts() ? slots * candidateRowWords(kMaxCandidates) : 0, MemoryUse::Readback},
    }};
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
    : layers_(layers), slots_(slots), logitRows_(logitRowsFor(config, slots)) {}

Result<std::unique_ptr<Activations>> Activations::create(Backend& backend, const ModelConfig& config, LayerRange layers, uint32_t slots) {
    std::unique_ptr<Activations> activations(new Activations(config, layers, slots));
    for (const Allocation& allocation : allocationsFor(config, layers, slots, activations->logitRows_)) {
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
    for (const Allocation& allocation : allocationsFor(config, layers, slots, logitRowsFor(config, slots))) {
        words += allocation.words;
    }
    return words * sizeof(uint32_t);
}

void Activations::fillConstants(const ModelConfig& config) {
    std::vector<uint32_t> slotNumbers(slots_);
    std::iota(slotNumbers.begin(), slotNumbers.end(), 0U);
    writeWords(*positions, slotNumbers);
    const std::vector<float> angles = ropeAngles(config, slots_);
    std::memcpy(ropeTable->hostBytes().data(), angles.data(), angles.size() * sizeof(float));
}

void writeWords(Buffer& buffer, std::span<const uint32_t> words) {
    ENGINE_ASSERT(words.size_bytes() <= buffer.hostBytes().size());
    std::memcpy(buffer.hostBytes().data(), words.data(), words.size_bytes());
}

}  // namespace crystallite
