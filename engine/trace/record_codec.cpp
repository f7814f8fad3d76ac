#include "engine/trace/record_codec.h"

#include "engine/base/assert.h"

#include <bit>

namespace crystallite {

namespace {

constexpr size_t kWordBytes = 4;
constexpr size_t kBeliefWords = 7;  // without candidates
constexpr size_t kEventWords = 5;
constexpr size_t kPassWords = 3;
constexpr size_t kPinnedWords = 2;
constexpr size_t kLayoutWords = 4;
constexpr uint32_t kMostCandidates = 64;

class WordWriter {
public:
    explicit WordWriter(size_t words) { bytes_.reserve(words * kWordBytes); }
    void put(uint32_t word) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes_.push_back(static_cast<std::byte>(word >> shift & 0xFFU));
        }
    }
    void put(float value) { put(std::bit_cast<uint32_t>(value)); }
    std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

/// Reads words one after the other; the caller has checked that they are there.
class WordReader {
public:
    explicit WordReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
    uint32_t word() {
        uint32_t word = 0;
        for (size_t byte = 0; byte < kWordBytes; ++byte) {
            word |= std::to_integer<uint32_t>(bytes_[at_ + byte]) << 8 * byte;
        }
        at_ += kWordBytes;
        return word;
    }
    float real() { return std::bit_cast<float>(word()); }

private:
    std::span<const std::byte> bytes_;
    size_t at_ = 0;
};

SlotBelief readBelief(WordReader& reader, uint32_t candidates) {
    SlotBelief belief;
    belief.position = reader.word();
    belief.logSumExp = reader.real();
    belief.entropy = reader.real();
    belief.margin = reader.real();
    belief.sampledId = reader.word();
    belief.sampledProbability = reader.real();
    belief.score = reader.real();
    belief.candidates.resize(candidates);
    for (Candidate& candidate : belief.candidates) {
        candidate.id = reader.word();
    }
    for (Candidate& candidate : belief.candidates) {
        candidate.probability = reader.real();
    }
    return belief;
}

}  // namespace

std::vector<std::byte> packBeliefs(std::span<const SlotBelief> beliefs) {
    const size_t candidates = beliefs.empty() ? 0 : beliefs.front().candidates.size();
    ENGINE_ASSERT(candidates <= kMostCandidates);
    WordWriter writer(1 + beliefs.size() * (kBeliefWords + 2 * candidates));
    writer.put(static_cast<uint32_t>(candidates));
    for (const SlotBelief& belief : beliefs) {
        ENGINE_ASSERT(belief.candidates.size() == candidates);
        writer.put(belief.position);
        writer.put(belief.logSumExp);
        writer.put(belief.entropy);
        writer.put(belief.margin);
        writer.put(belief.sampledId);
        writer.put(belief.sampledProbability);
        writer.put(belief.score);
        for (const Candidate& candidate : belief.candidates) {
            writer.put(candidate.id);
        }
        for (const Candidate& candidate : belief.candidates) {
            writer.put(candidate.probability);
        }
    }
    return writer.take();
}

std::optional<std::vector<SlotBelief>> unpackBeliefs(std::span<const std::byte> bytes) {
    if (bytes.size() < kWordBytes) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    const uint32_t candidates = reader.word();
    if (candidates > kMostCandidates) {
        return std::nullopt;
    }
    const size_t beliefBytes = (kBeliefWords + 2 * size_t{candidates}) * kWordBytes;
    if ((bytes.size() - kWordBytes) % beliefBytes != 0) {
        return std::nullopt;
    }
    std::vector<SlotBelief> beliefs((bytes.size() - kWordBytes) / beliefBytes);
    for (SlotBelief& belief : beliefs) {
        belief = readBelief(reader, candidates);
    }
    return beliefs;
}

std::vector<std::byte> packEvents(std::span<const SlotEvent> events) {
    WordWriter writer(events.size() * kEventWords);
    for (const SlotEvent& event : events) {
        writer.put(static_cast<uint32_t>(event.kind));
        writer.put(event.position);
        writer.put(event.before);
        writer.put(event.after);
        writer.put(event.probability);
    }
    return writer.take();
}

std::optional<std::vector<SlotEvent>> unpackEvents(std::span<const std::byte> bytes) {
    if (bytes.size() % (kEventWords * kWordBytes) != 0) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    std::vector<SlotEvent> events(bytes.size() / (kEventWords * kWordBytes));
    for (SlotEvent& event : events) {
        const uint32_t kind = reader.word();
        if (kind < static_cast<uint32_t>(EventKind::Commit) || kind > static_cast<uint32_t>(EventKind::Prefer)) {
            return std::nullopt;
        }
        event.kind = static_cast<EventKind>(kind);
        event.position = reader.word();
        event.before = reader.word();
        event.after = reader.word();
        event.probability = reader.real();
    }
    return events;
}

std::vector<std::byte> packPasses(std::span<const PassRecord> passes) {
    WordWriter writer(passes.size() * kPassWords);
    for (const PassRecord& pass : passes) {
        writer.put(static_cast<uint32_t>(pass.kind));
        writer.put(pass.first);
        writer.put(pass.rows);
    }
    return writer.take();
}

std::optional<std::vector<PassRecord>> unpackPasses(std::span<const std::byte> bytes) {
    if (bytes.size() % (kPassWords * kWordBytes) != 0) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    std::vector<PassRecord> passes(bytes.size() / (kPassWords * kWordBytes));
    for (PassRecord& pass : passes) {
        const uint32_t kind = reader.word();
        if (kind < static_cast<uint32_t>(PassKind::Denoise) || kind > static_cast<uint32_t>(PassKind::Commit)) {
            return std::nullopt;
        }
        pass.kind = static_cast<PassKind>(kind);
        pass.first = reader.word();
        pass.rows = reader.word();
    }
    return passes;
}

std::vector<std::byte> packIds(std::span<const TokenId> ids) {
    WordWriter writer(ids.size());
    for (const TokenId id : ids) {
        writer.put(id);
    }
    return writer.take();
}

std::optional<std::vector<TokenId>> unpackIds(std::span<const std::byte> bytes) {
    if (bytes.size() % kWordBytes != 0) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    std::vector<TokenId> ids(bytes.size() / kWordBytes);
    for (TokenId& id : ids) {
        id = reader.word();
    }
    return ids;
}

std::vector<std::byte> packPinned(std::span<const PinnedSlot> slots) {
    WordWriter writer(slots.size() * kPinnedWords);
    for (const PinnedSlot& slot : slots) {
        writer.put(slot.position);
        writer.put(slot.id);
    }
    return writer.take();
}

std::optional<std::vector<PinnedSlot>> unpackPinned(std::span<const std::byte> bytes) {
    if (bytes.size() % (kPinnedWords * kWordBytes) != 0) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    std::vector<PinnedSlot> slots(bytes.size() / (kPinnedWords * kWordBytes));
    for (PinnedSlot& slot : slots) {
        slot.position = reader.word();
        slot.id = reader.word();
    }
    return slots;
}

std::vector<std::byte> packLayout(const std::optional<GridLayout>& layout) {
    WordWriter writer(kLayoutWords);
    if (layout) {
        for (const uint32_t side : {layout->rows, layout->columns, layout->boxRows, layout->boxColumns}) {
            writer.put(side);
        }
    }
    return writer.take();
}

std::optional<std::optional<GridLayout>> unpackLayout(std::span<const std::byte> bytes) {
    if (bytes.empty()) {
        return std::optional<GridLayout>();
    }
    if (bytes.size() != kLayoutWords * kWordBytes) {
        return std::nullopt;
    }
    WordReader reader(bytes);
    GridLayout layout;
    for (uint32_t* side : {&layout.rows, &layout.columns, &layout.boxRows, &layout.boxColumns}) {
        *side = reader.word();
    }
    return std::optional(layout);
}

}  // namespace crystallite
