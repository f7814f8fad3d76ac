#include "app/canvas/core_sample/core_block.h"

#include <algorithm>

namespace crystallite {

namespace {

/// Whether `next`, which begins where `last` ends, can be drawn as one prism with it.
bool joins(const CoreSegment& last, const CoreSegment& next, float tolerance) {
    const CoreTile& a = last.tile;
    const CoreTile& b = next.tile;
    if (a.kind != b.kind || a.end != b.end || a.eligible != b.eligible) {
        return false;
    }
    return std::max(last.high, next.high) - std::min(last.low, next.low) <= 2.0F * tolerance;
}

/// Adds `next` to the column; false when it only made the last segment longer.
bool add(std::vector<CoreSegment>& column, const CoreSegment& next, float tolerance) {
    if (column.empty() || !joins(column.back(), next, tolerance)) {
        column.push_back(next);
        return true;
    }
    CoreSegment& last = column.back();
    last.end = next.end;
    last.low = std::min(last.low, next.low);
    last.high = std::max(last.high, next.high);
    return false;
}

}  // namespace

CoreTile coreTileOf(const CellVisual& visual) {
    CoreTile tile{.end = visual.end, .eligible = visual.eligible};
    if (visual.state == CellState::Absent) {
        tile.kind = TileKind::Absent;
    } else if (visual.change == CellChange::Remasked || visual.change == CellChange::Edited) {
        tile.kind = TileKind::Revised;
    } else if (visual.open()) {
        tile.kind = visual.fill ? TileKind::Open : TileKind::Unmeasured;
        tile.fill = visual.fill.value_or(0.0F);
    } else if (visual.locked()) {
        tile.kind = TileKind::Given;
    } else {
        tile.kind = visual.change == CellChange::Committed ? TileKind::Committed : TileKind::Held;
    }
    return tile;
}

void CoreBlock::grow(const Trace& trace, const VisualSettings& settings) {
    if (trace.slots() == 0) {
        clear();
        return;
    }
    columns_.resize(trace.slots());
    while (frames_ <= trace.steps()) {
        append(trace, settings);
        while (segments_ > kMostSegments && tolerance_ < 1.0F) {
            coarsen();
        }
    }
}

void CoreBlock::clear() {
    *this = CoreBlock();
}

void CoreBlock::append(const Trace& trace, const VisualSettings& settings) {
    for (uint32_t position = 0; position < columns_.size(); ++position) {
        const CoreTile tile = coreTileOf(visualAt(trace, frames_, position, settings));
        const CoreSegment next{.begin = frames_, .end = frames_ + 1, .tile = tile, .low = tile.fill, .high = tile.fill};
        segments_ += add(columns_[position], next, tolerance_) ? 1U : 0U;
        kinds_[static_cast<size_t>(tile.kind)] = true;
        holdsEnd_ = holdsEnd_ || tile.end;
    }
    ++frames_;
}

void CoreBlock::coarsen() {
    tolerance_ *= 2.0F;
    segments_ = 0;
    for (std::vector<CoreSegment>& column : columns_) {
        std::vector<CoreSegment> merged;
        for (const CoreSegment& segment : column) {
            add(merged, segment, tolerance_);
        }
        column = std::move(merged);
        segments_ += column.size();
    }
}

}  // namespace crystallite
