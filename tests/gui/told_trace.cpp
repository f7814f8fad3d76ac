#include "tests/gui/told_trace.h"

#include <algorithm>
#include <cmath>

namespace crystallite::testing {
namespace {

constexpr TokenId kFirstWord = 2;

TraceHeader headerOf(const DecodeSettings& settings) {
    TraceHeader header{.appVersion = "1.2.3",
                       .modelName = "told",
                       .modelFingerprint = "00112233445566778899aabbccddeeff",
                       .modelFormat = "F16",
                       .architecture = "none",
                       .parameters = 1234,
                       .vocabulary = 1000,
                       .device = "a device",
                       .driver = "a driver",
                       .startedAt = "2026-11-24T18:00:00Z",
                       .prompt = "told"};
    header.settings = settings;
    header.maskId = ToldTrace::kMask;
    header.endIds = {ToldTrace::kEnd};
    return header;
}

}  // namespace

ToldTrace::ToldTrace(const std::vector<std::string>& prompt, const DecodeSettings& settings, uint32_t room)
    : pieces_{{kMask, "<|mask|>"}, {kEnd, "<|endoftext|>"}} {
    std::vector<TokenId> ids;
    for (const std::string& piece : prompt) {
        ids.push_back(id(piece));
    }
    trace_ = Trace(headerOf(settings), Canvas(ids, settings.length, kMask, {}, room), pieces_, {kMask, kEnd});
}

TokenId ToldTrace::id(const std::string& piece) {
    const auto known = std::find_if(pieces_.begin(), pieces_.end(), [&](const auto& entry) { return entry.second == piece; });
    if (known != pieces_.end()) {
        return known->first;
    }
    const auto next = std::max<TokenId>(kFirstWord, static_cast<TokenId>(pieces_.size()));
    pieces_.emplace(next, piece);
    return next;
}

SlotBelief ToldTrace::belief(uint32_t position, const std::vector<std::pair<std::string, float>>& candidates, float score) {
    SlotBelief belief{.position = position, .entropy = 1.5F, .score = score};
    for (const auto& [piece, probability] : candidates) {
        belief.candidates.push_back({.id = id(piece), .probability = probability});
    }
    belief.margin = candidates[0].second - (candidates.size() > 1 ? candidates[1].second : 0.0F);
    belief.sampledId = belief.candidates[0].id;
    belief.sampledProbability = belief.candidates[0].probability;
    return belief;
}

SlotEvent ToldTrace::event(EventKind kind, uint32_t position, TokenId after, float probability) {
    return {.kind = kind, .position = position, .after = after, .probability = probability};
}

SlotEvent ToldTrace::commit(uint32_t position, const std::string& piece, float probability) {
    return event(EventKind::Commit, position, id(piece), probability);
}

ToldTrace& ToldTrace::step(std::vector<SlotBelief> beliefs, const std::vector<SlotEvent>& events) {
    return step(std::move(beliefs), events, {trace_.promptLength(), trace_.slots()});
}

ToldTrace& ToldTrace::step(std::vector<SlotBelief> beliefs, const std::vector<SlotEvent>& events, std::pair<uint32_t, uint32_t> eligible) {
    Canvas canvas = trace_.canvas(trace_.steps());
    StepRecord record{.number = trace_.steps() + 1,
                      .eligibleBegin = eligible.first,
                      .eligibleEnd = eligible.second,
                      .rowsComputed = canvas.textLength(),
                      .maskedBefore = canvas.maskedCount(),
                      .milliseconds = 2.5};
    record.beliefs = std::move(beliefs);
    for (SlotEvent told : events) {
        told.before = told.kind == EventKind::Insert ? kMask : canvas.token(told.position);
        canvas.apply(told);
        record.events.push_back(told);
    }
    record.maskedAfter = canvas.maskedCount();
    trace_.addPieces(pieces_, {});
    trace_.append(std::move(record));
    return *this;
}

}  // namespace crystallite::testing
