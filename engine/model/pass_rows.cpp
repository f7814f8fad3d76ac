#include "engine/model/pass_rows.h"

#include "engine/backend/operation_cost.h"
#include "engine/base/assert.h"
#include "engine/model/denoiser.h"

#include <algorithm>

namespace crystallite {

uint32_t PassRows::count(const ModelConfig& config) const {
    return text + rowsOfShadow(config, shadow.rows);
}

Result<void> runStored(KvStore& store, const PassRows& rows, const std::function<Result<void>(const KvStore*)>& run) {
    if (!rows.owner) {
        return run(nullptr);
    }
    store.beginPass(*rows.owner, rows.first, rows.end(), rows.seen);
    Result<void> ran = run(&store);
    if (ran) {
        store.endPass();
    } else {
        store.forget();
    }
    return ran;
}

uint32_t blockLengthOf(const ModelConfig& config, const TextVisibility& visibility) {
    return visibility.blockLength == 0 ? config.blockLength : visibility.blockLength;
}

uint32_t rowsSeen(const ModelConfig& config, const TextVisibility& visibility, uint32_t slots, uint32_t position) {
    ENGINE_ASSERT(position < slots);
    switch (config.visibility) {
        case Visibility::Full: return slots;
        case Visibility::Causal: return visibility.canvasBegin && position >= *visibility.canvasBegin ? slots : position + 1;
        case Visibility::BlockCausal:
            return static_cast<uint32_t>(
                std::min<uint64_t>(slots, blockEnd(blockLengthOf(config, visibility), visibility.blockOffset, position)));
        case Visibility::CausalCanvas:
        case Visibility::Shadow: break;  // of a pass, never of a model
    }
    ENGINE_ASSERT(false);
}

uint32_t predictingRow(const ModelConfig& config, uint32_t slot) {
    return config.shiftLogits && slot > 0 ? slot - 1 : slot;
}

std::vector<uint32_t> predictingRows(const ModelConfig& config, std::span<const uint32_t> slots) {
    std::vector<uint32_t> rows(slots.size());
    std::transform(slots.begin(), slots.end(), rows.begin(), [&config](uint32_t slot) { return predictingRow(config, slot); });
    return rows;
}

uint32_t rowsComputed(const ModelConfig& config, uint32_t slots, std::span<const uint32_t> openSlots, uint32_t blockOffset) {
    return rowsSeen(config, {.blockOffset = blockOffset}, slots, predictingRow(config, openSlots.back()));
}

uint32_t rowsOfShadow(const ModelConfig& config, uint32_t slots) {
    return config.shiftLogits ? 2 * slots : slots;
}

}  // namespace crystallite
