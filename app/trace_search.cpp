#include "app/trace_search.h"

#include "app/conversions.h"
#include "app/reading_text.h"
#include "app/token_text.h"

#include <algorithm>

namespace crystallite {
namespace {

/// Of the slots [first, last], none is masked at the frame.
bool isWritten(const Canvas& canvas, uint32_t first, uint32_t last) {
    for (uint32_t position = first; position <= last; ++position) {
        if (canvas.isMasked(position)) {
            return false;
        }
    }
    return true;
}

}  // namespace

SearchQuery parseSearch(const QString& typed) {
    SearchQuery query;
    if (typed.startsWith(QLatin1Char('#'))) {
        bool isNumber = false;
        const uint id = QStringView(typed).mid(1).trimmed().toUInt(&isNumber);
        if (isNumber) {
            query.id = id;
            return query;
        }
    }
    query.text = typed;
    return query;
}

bool TraceSearch::isDone(const Trace& trace) const {
    return query_.isEmpty() || isFull() || trace.slots() == 0 || nextFrame_ > trace.steps();
}

bool TraceSearch::matches(TokenId id) const {
    return std::binary_search(ids_.begin(), ids_.end(), id);
}

/// A step may bring pieces that no earlier one mentioned.
void TraceSearch::learnPieces(const Trace& trace) {
    if (query_.id) {
        ids_ = {*query_.id};
        return;
    }
    if (trace.pieces().size() == knownPieces_) {
        return;
    }
    knownPieces_ = trace.pieces().size();
    ids_.clear();
    for (const auto& [id, bytes] : trace.pieces()) {
        // By its bytes, or by what it is called: "line break".
        if (toQString(bytes).contains(query_.text, Qt::CaseInsensitive) ||
            tokenLabel(trace, id).contains(query_.text, Qt::CaseInsensitive)) {
            ids_.push_back(id);
        }
    }
}

void TraceSearch::addToRun(const OpenRuns& before, OpenRuns& now, const RunKey& key, const SearchHit& hit) {
    const auto run = before.find(key);
    if (run != before.end() && hits_[run->second].token == hit.token) {
        SearchHit& known = hits_[run->second];
        known.lastStep = hit.lastStep;
        known.lowest = std::min(known.lowest, hit.lowest);
        known.highest = std::max(known.highest, hit.highest);
        now.emplace(key, run->second);
    } else if (!isFull()) {
        now.emplace(key, hits_.size());
        hits_.push_back(hit);
    }
}

void TraceSearch::addEvents(const Trace& trace, uint32_t step) {
    // The slot of an event is known on the canvas of its moment, which the events before it may have moved.
    Canvas canvas = trace.canvas(step - 1);
    for (const SlotEvent& event : trace.record(step).events) {
        const bool writes = event.kind == EventKind::Commit || event.kind == EventKind::Edit;
        if (writes && matches(event.after) && !isFull()) {
            const uint32_t key = canvas.key(event.position);
            hits_.push_back({.kind = event.kind == EventKind::Edit ? SearchHit::Kind::Exchanged : SearchHit::Kind::Committed,
                             .firstStep = step,
                             .lastStep = step,
                             .key = key,
                             .lastKey = key,
                             .token = event.after,
                             .lowest = event.probability,
                             .highest = event.probability});
        }
        canvas.apply(event);
    }
}

void TraceSearch::addGuesses(const Trace& trace, uint32_t step) {
    const Canvas& canvas = trace.canvas(step - 1);
    OpenRuns now;
    for (const SlotBelief& belief : trace.record(step).beliefs) {
        for (uint32_t rank = 1; rank <= belief.candidates.size(); ++rank) {
            const Candidate& candidate = belief.candidates[rank - 1];
            if (matches(candidate.id)) {
                const uint32_t key = canvas.key(belief.position);
                addToRun(guesses_, now, {key, rank, 0},
                         {.kind = SearchHit::Kind::Guessed,
                          .firstStep = step,
                          .lastStep = step,
                          .key = key,
                          .lastKey = key,
                          .token = candidate.id,
                          .rank = rank,
                          .lowest = candidate.probability,
                          .highest = candidate.probability});
            }
        }
    }
    guesses_ = std::move(now);
}

void TraceSearch::addReading(const Trace& trace, uint32_t frame) {
    if (frame > 0 && trace.record(frame).events.empty()) {
        for (const auto& [key, index] : readings_) {
            hits_[index].lastStep = frame;
        }
        return;
    }
    const Canvas& canvas = trace.canvas(frame);
    const ReadingText reading = readFrame(trace, frame);
    const bool meansMasks = query_.text.contains(QString::fromUtf8(kMaskText));
    OpenRuns now;
    for (qsizetype at = reading.text.indexOf(query_.text, 0, Qt::CaseInsensitive); at >= 0;
         at = reading.text.indexOf(query_.text, at + 1, Qt::CaseInsensitive)) {
        const uint32_t first = reading.positionAt(at);
        const uint32_t last = reading.positionAt(at + query_.text.size() - 1);
        // What stands for a masked slot is no text of the model.
        if (meansMasks || isWritten(canvas, first, last)) {
            const auto place = static_cast<uint32_t>(at - reading.beginOf(first));
            addToRun(readings_, now, {canvas.key(first), canvas.key(last), place},
                     {.kind = SearchHit::Kind::Read,
                      .firstStep = frame,
                      .lastStep = frame,
                      .key = canvas.key(first),
                      .lastKey = canvas.key(last)});
        }
    }
    readings_ = std::move(now);
}

void TraceSearch::advance(const Trace& trace) {
    if (isDone(trace)) {
        return;
    }
    const uint32_t frame = nextFrame_++;
    learnPieces(trace);
    if (frame > 0 && query_.inCommits && !ids_.empty()) {
        addEvents(trace, frame);
    }
    if (frame > 0 && query_.inGuesses && !ids_.empty()) {
        addGuesses(trace, frame);
    }
    if (query_.inReading && !query_.id) {
        addReading(trace, frame);
    }
}

}  // namespace crystallite
