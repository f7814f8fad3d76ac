#include "tests/trace/sample_trace.h"

#include <limits>

namespace crystallite {

namespace {

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 2;
constexpr TokenId kFirstWord = 10;
constexpr uint32_t kVocabulary = 40;

TraceHeader sampleHeader(uint32_t length) {
    return {.appVersion = "9.8.7",
            .modelName = "sample",
            .modelFingerprint = "0123456789abcdef0123456789abcdef",
            .modelFormat = "F16",
            .architecture = "llada",
            .parameters = 8'015'581'184,
            .vocabulary = kVocabulary,
            .device = "a device",
            .driver = "its driver 1.2",
            .startedAt = "2026-11-24T18:00:00Z",
            // What a person may type: several scripts, quotes and a zero byte.
            .prompt = std::string("Fr\xC3\xB6hlich \"'; DROP\0 \xE2\x98\x83", 24),
            .settings = {.length = length,
                         .steps = length,
                         .blockLength = length,
                         .order = UnmaskOrder::Entropy,
                         .temperature = 0.3F,
                         .seed = std::numeric_limits<uint64_t>::max() - 5},
            .maskId = kMask,
            .endIds = {kEnd, 1},
            .id = "00000000-0000-4000-8000-000000000001"};
}

SlotBelief sampleBelief(uint32_t position, uint32_t step) {
    SlotBelief belief{.position = position, .logSumExp = 7.25F, .entropy = 0.1F * static_cast<float>(step), .margin = 0.2F};
    for (uint32_t rank = 0; rank < kRecordedCandidates; ++rank) {
        // Thirds have no finite binary expansion: a detour through fewer digits would change their bits.
        belief.candidates.push_back({.id = kFirstWord + rank, .probability = 1.0F / (3.0F * static_cast<float>(rank + 1))});
    }
    belief.sampledId = belief.candidates.front().id;
    belief.sampledProbability = belief.candidates.front().probability;
    belief.score = position % 2 == 0 ? -belief.entropy : std::numeric_limits<float>::quiet_NaN();
    return belief;
}

}  // namespace

StepRecord nextSampleStep(const Trace& trace) {
    const Canvas& canvas = trace.canvas(trace.steps());
    const std::vector<uint32_t> masked = canvas.maskedSlots();
    StepRecord record{.number = trace.steps() + 1,
                      .eligibleBegin = trace.promptLength(),
                      .eligibleEnd = trace.slots(),
                      .rowsComputed = trace.slots(),
                      .maskedBefore = canvas.maskedCount(),
                      .maskedAfter = canvas.maskedCount() - 1,
                      .milliseconds = 12.5,
                      .passes = {{.kind = PassKind::Denoise, .first = 0, .rows = canvas.textLength()}}};
    for (const uint32_t position : masked) {
        record.beliefs.push_back(sampleBelief(position, record.number));
    }
    const SlotBelief& first = record.beliefs.front();
    record.events.push_back({.kind = EventKind::Commit,
                             .position = first.position,
                             .before = kMask,
                             .after = first.sampledId,
                             .probability = first.sampledProbability});
    return record;
}

Trace sampleBoardTrace(uint32_t steps) {
    constexpr GridLayout kBoard{.rows = 3, .columns = 4, .boxRows = 3, .boxColumns = 2};
    const std::vector<PinnedSlot> given = {{.position = 1, .id = 11}, {.position = 5, .id = 12}};
    TraceHeader header = sampleHeader(kBoard.cells());
    header.layout = kBoard;
    header.settings.order = UnmaskOrder::LeftToRight;
    Trace trace(std::move(header), Canvas({}, kBoard.cells(), kMask, given), {{kMask, "<mask>"}}, {kMask});
    for (uint32_t step = 0; step < steps; ++step) {
        trace.append(nextSampleStep(trace));
    }
    return trace;
}

Trace sampleTrace(uint32_t length, uint32_t steps) {
    const std::vector<TokenId> prompt = {3, 5};
    Trace trace(sampleHeader(length), Canvas(prompt, length, kMask), {{3, "<user>"}, {5, "Hi"}, {kMask, "<mask>"}, {kEnd, "<end>"}},
                {3, kMask, kEnd});
    std::map<TokenId, std::string> words;
    for (uint32_t rank = 0; rank < kRecordedCandidates; ++rank) {
        words[kFirstWord + rank] = std::string(rank, ' ') + '\0' + std::string("\xF0\x9F", 2);
    }
    for (uint32_t step = 0; step < steps; ++step) {
        trace.addPieces(words, {});
        trace.append(nextSampleStep(trace));
    }
    return trace;
}

}  // namespace crystallite
