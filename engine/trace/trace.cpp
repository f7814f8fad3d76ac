#include "engine/trace/trace.h"

#include "engine/base/assert.h"
#include "engine/trace/answer_end.h"

#include <algorithm>
#include <utility>

namespace crystallite {

Trace::Trace(TraceHeader header, Canvas initial, std::map<TokenId, std::string> pieces, std::vector<TokenId> controlIds)
    : header_(std::move(header)), historyOfSlot_(initial.size()), pieces_(std::move(pieces)), controlIds_(std::move(controlIds)) {
    frames_.push_back(std::move(initial));
    std::sort(controlIds_.begin(), controlIds_.end());
}

uint32_t Trace::promptLength() const {
    return frames_.empty() ? 0 : frames_.front().promptLength();
}

const StepRecord& Trace::record(uint32_t step) const {
    ENGINE_ASSERT(step >= 1 && step <= steps());
    return records_[step - 1];
}

uint32_t Trace::modelSteps(uint32_t frame) const {
    ENGINE_ASSERT(frame <= steps());
    return frame - static_cast<uint32_t>(std::upper_bound(handSteps_.begin(), handSteps_.end(), frame) - handSteps_.begin());
}

uint32_t Trace::beliefStep(uint32_t frame) const {
    while (frame > 0 && record(frame).byHand) {
        --frame;
    }
    return frame;
}

const Canvas& Trace::canvas(uint32_t frame) const {
    ENGINE_ASSERT(frame < frames_.size());
    return frames_[frame];
}

std::optional<Trace::DatedEvent> Trace::lastChange(uint32_t position, uint32_t frame) const {
    const std::vector<DatedEvent>& events = history(position, frame);
    const auto after =
        std::upper_bound(events.begin(), events.end(), frame, [](uint32_t wanted, const DatedEvent& dated) { return wanted < dated.step; });
    if (after == events.begin()) {
        return std::nullopt;
    }
    return *std::prev(after);
}

const std::vector<Trace::DatedEvent>& Trace::history(uint32_t position, uint32_t frame) const {
    return historyOfSlot_[canvas(frame).key(position)];
}

const SlotBelief* Trace::belief(uint32_t step, uint32_t position, uint32_t frame) const {
    const std::optional<uint32_t> then = canvas(step - 1).positionOf(canvas(frame).key(position));
    return then ? record(step).findBelief(*then) : nullptr;
}

void Trace::append(StepRecord record) {
    ENGINE_ASSERT(!frames_.empty() && record.number == steps() + 1);
    Canvas next = frames_.back();
    for (const SlotEvent& event : record.events) {
        // The key of a slot that goes is known before the event only, that of one that comes after it only.
        const bool comes = event.kind == EventKind::Insert;
        const uint32_t goingKey = comes ? 0 : next.key(event.position);
        next.apply(event);
        historyOfSlot_.resize(next.keys());
        historyOfSlot_[comes ? next.key(event.position) : goingKey].push_back({.step = record.number, .event = event});
    }
    ENGINE_ASSERT(next.maskedCount() == record.maskedAfter);
    if (record.byHand) {
        handSteps_.push_back(record.number);
        openedByHand_ += static_cast<uint32_t>(std::count_if(record.events.begin(), record.events.end(), [](const SlotEvent& event) {
            return event.kind == EventKind::Remask || event.kind == EventKind::Insert;
        }));
    }
    frames_.push_back(std::move(next));
    records_.push_back(std::move(record));
}

void Trace::addPieces(const std::map<TokenId, std::string>& pieces, const std::vector<TokenId>& controlIds) {
    pieces_.insert(pieces.begin(), pieces.end());
    controlIds_.insert(controlIds_.end(), controlIds.begin(), controlIds.end());
    std::sort(controlIds_.begin(), controlIds_.end());
    controlIds_.erase(std::unique(controlIds_.begin(), controlIds_.end()), controlIds_.end());
}

void Trace::setBookmarks(std::vector<Bookmark> bookmarks) {
    ENGINE_ASSERT(findContradiction(bookmarks, steps(), slots()).empty());
    bookmarks_ = std::move(bookmarks);
}

const std::string& Trace::piece(TokenId id) const {
    static const std::string kNotMentioned;
    const auto found = pieces_.find(id);
    return found == pieces_.end() ? kNotMentioned : found->second;
}

bool Trace::isControl(TokenId id) const {
    return std::binary_search(controlIds_.begin(), controlIds_.end(), id);
}

bool Trace::isEnd(TokenId id) const {
    return std::find(header_.endIds.begin(), header_.endIds.end(), id) != header_.endIds.end();
}

std::string Trace::answerText(uint32_t frame, std::string_view maskText, bool stopAtEnd) const {
    const Canvas& shown = canvas(frame);
    const uint32_t end = stopAtEnd ? promptLength() + answerEnd(*this, frame).tokens : shown.textLength();
    std::string text;
    for (uint32_t position = promptLength(); position < end; ++position) {
        text += shown.isMasked(position) ? maskText : std::string_view(piece(shown.token(position)));
    }
    return text;
}

uint64_t mostSteps(const Trace& trace) {
    const DecodeSettings& settings = trace.header().settings;
    // A block that is full again may exchange its tokens again.
    const uint64_t perSlot = settings.policy == DecodePolicy::Llada21 ? uint64_t{1} + settings.maxPostSteps : 1;
    return mostSteps(settings) + trace.handSteps().size() + trace.openedByHand() * perSlot;
}

}  // namespace crystallite
