#include "app/run_document.h"

#include <algorithm>
#include <utility>

namespace crystallite {

RunDocument::RunDocument(QObject* parent) : QObject(parent) {
    // The trace is what is saved.
    connect(&marks_, &RunMarks::bookmarksEdited, this, [this] { trace_.setBookmarks(marks_.bookmarks()); });
}

void RunDocument::reset(Trace trace, bool live) {
    trace_ = std::move(trace);
    frame_ = live ? 0 : trace_.steps();
    told_ = trace_.steps();
    stride_ = 1;
    selectedSlot_.reset();
    anchor_ = 0;
    hoveredSlot_.reset();
    live_ = live;
    followsLive_ = true;
    marks_.reset(trace_.bookmarks());
    tellReset();
}

void RunDocument::tellReset() {
    Q_EMIT traceReset();
    Q_EMIT liveChanged(live_);
    Q_EMIT followsLiveChanged(followsLive_);
    Q_EMIT frameChanged(frame_);
    Q_EMIT selectionChanged();
}

void RunDocument::replace(Trace trace, uint32_t frame, std::optional<SlotSpan> selection) {
    trace_ = std::move(trace);
    frame_ = std::min(frame, trace_.steps());
    told_ = trace_.steps();
    stride_ = 1;
    const bool fits = selection && selection->last < trace_.slots();
    selectedSlot_ = fits ? std::optional(selection->last) : std::nullopt;
    anchor_ = fits ? selection->first : 0;
    hoveredSlot_.reset();
    live_ = false;
    followsLive_ = true;
    marks_.takeBookmarks(trace_.bookmarks());
    keepsPlace_ = true;
    tellReset();
    keepsPlace_ = false;
}

void RunDocument::resume() {
    trace_.setStatus(RunStatus::Running);
    live_ = true;
    Q_EMIT liveChanged(live_);
    setFollowsLive(true);
    setFrame(trace_.steps());
}

std::optional<SlotSpan> RunDocument::selection() const {
    if (!selectedSlot_) {
        return std::nullopt;
    }
    const auto [first, last] = std::minmax(anchor_, *selectedSlot_);
    return SlotSpan{.first = first, .last = last};
}

void RunDocument::append(const StepRecord& record, const std::map<TokenId, std::string>& newPieces,
                         const std::vector<TokenId>& newControlIds) {
    take(record, newPieces, newControlIds);
    showNewest();
}

void RunDocument::take(const StepRecord& record, const std::map<TokenId, std::string>& newPieces,
                       const std::vector<TokenId>& newControlIds) {
    trace_.addPieces(newPieces, newControlIds);
    trace_.append(record);
    Q_EMIT stepAppended(trace_.steps());
}

void RunDocument::tellSteps() {
    const uint32_t first = told_ + 1;
    if (first <= trace_.steps()) {
        told_ = trace_.steps();
        Q_EMIT stepsTold(first, told_);
    }
}

void RunDocument::showNewest() {
    tellSteps();
    if (followsLive_ && frame_ != trace_.steps()) {
        stride_ = trace_.steps() - frame_;
        frame_ = trace_.steps();
        Q_EMIT frameChanged(frame_);
    }
}

void RunDocument::finish(RunStatus status) {
    showNewest();
    trace_.setStatus(status);
    live_ = false;
    Q_EMIT liveChanged(live_);
}

void RunDocument::setFrame(uint32_t frame) {
    tellSteps();
    frame = std::min(frame, trace_.steps());
    if (live_) {
        setFollowsLive(frame == trace_.steps());
    }
    if (frame != frame_) {
        frame_ = frame;
        Q_EMIT frameChanged(frame_);
    }
}

void RunDocument::selectSlot(std::optional<uint32_t> position) {
    if (position && *position >= trace_.slots()) {
        position.reset();
    }
    if (position != selectedSlot_ || anchor_ != position.value_or(0)) {
        selectedSlot_ = position;
        anchor_ = position.value_or(0);
        Q_EMIT selectionChanged();
    }
}

void RunDocument::extendSelection(uint32_t position) {
    if (!selectedSlot_) {
        selectSlot(position);
    } else if (position < trace_.slots() && position != *selectedSlot_) {
        selectedSlot_ = position;
        Q_EMIT selectionChanged();
    }
}

void RunDocument::hoverSlot(std::optional<uint32_t> position) {
    if (position && *position >= trace_.slots()) {
        position.reset();
    }
    if (position != hoveredSlot_) {
        hoveredSlot_ = position;
        Q_EMIT hoverChanged();
    }
}

void RunDocument::setFollowsLive(bool follows) {
    if (follows == followsLive_) {
        return;
    }
    followsLive_ = follows;
    Q_EMIT followsLiveChanged(follows);
    if (follows) {
        showNewest();
        stride_ = 1;  // a leap to the end, not a pace
    }
}

}  // namespace crystallite
