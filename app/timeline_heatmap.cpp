#include "app/timeline_heatmap.h"

#include "app/canvas/cell_visual.h"
#include "app/canvas/hand_marks.h"
#include "app/shell_style.h"
#include "app/trace_events.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

// An event shows through at least so much, however many cells share its pixel.
constexpr uint32_t kLeastEventShare = 166;  // of 256
constexpr float kUnknownShade = 0.25F;
// The floor keeps an open slot that is all but certain apart from one that holds a token.
constexpr float kRampFloor = 0.10F;
constexpr float kRampRise = 0.55F;
constexpr int kDash = 2;  // pixels

uint8_t openCell(const Trace& trace, uint32_t position, uint32_t frame) {
    const uint32_t asked = trace.beliefStep(frame);
    const SlotBelief* belief = asked == 0 ? nullptr : trace.belief(asked, position, frame);
    if (belief == nullptr) {
        return heat::kUnknown;
    }
    const float share = fillOf(belief->entropy, trace.header().vocabulary, {});
    return static_cast<uint8_t>(heat::kEntropy + std::lround(share * float{heat::kLevels - 1}));
}

uint8_t cellOf(const Trace& trace, uint32_t position, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    if (canvas.region(position) == SlotRegion::Room) {
        return heat::kAbsent;
    }
    if (const auto kind = changeOf(trace, canvas.key(position), frame); kind && !isMarkByHand(*kind)) {
        return *kind == EventKind::Commit ? heat::kCommit : heat::kRevised;
    }
    return canvas.isMasked(position) ? openCell(trace, position, frame) : heat::kHeld;
}

/// Sum over the cells that fall on one pixel.
class Pool {
public:
    explicit Pool(const HeatmapPalette& palette) : palette_(palette) {}

    void add(uint8_t cell) {
        ++cells_;
        if (cell == heat::kCommit || cell == heat::kRevised) {
            ++(cell == heat::kCommit ? commits_ : revisions_);
            return;
        }
        const QRgb colour = palette_[cell];
        red_ += static_cast<uint32_t>(qRed(colour));
        green_ += static_cast<uint32_t>(qGreen(colour));
        blue_ += static_cast<uint32_t>(qBlue(colour));
    }

    [[nodiscard]] bool hasRevision() const { return revisions_ > 0; }

    [[nodiscard]] QRgb colour() const {
        const uint32_t events = commits_ + revisions_;
        const QRgb event = palette_[revisions_ > 0 ? heat::kRevised : heat::kCommit];
        const uint32_t others = cells_ - events;
        if (others == 0) {
            return event;
        }
        const uint32_t share = events == 0 ? 0 : std::max(kLeastEventShare, events * 256 / cells_);
        const auto mixed = [&](uint32_t sum, int of) {
            return static_cast<int>((sum / others * (256 - share) + static_cast<uint32_t>(of) * share) / 256);
        };
        return qRgb(mixed(red_, qRed(event)), mixed(green_, qGreen(event)), mixed(blue_, qBlue(event)));
    }

private:
    const HeatmapPalette& palette_;
    uint32_t cells_ = 0;
    uint32_t commits_ = 0;
    uint32_t revisions_ = 0;
    uint32_t red_ = 0;
    uint32_t green_ = 0;
    uint32_t blue_ = 0;
};

struct Range {
    int64_t begin = 0;
    int64_t end = 0;
};

/// Items [begin, end) of a line on pixel `pixel`: every item on exactly one when they are smaller than a pixel, and the item under its
/// centre when they are larger. `perPixel` items to a pixel, the first pixel starting at item `origin`.
Range itemsOf(int pixel, double origin, double perPixel) {
    if (perPixel < 1.0) {
        const auto item = static_cast<int64_t>(std::floor(origin + (pixel + 0.5) * perPixel));
        return {.begin = item, .end = item + 1};
    }
    const auto behind = [&](int edge) { return static_cast<int64_t>(std::ceil(origin + edge * perPixel - 0.5)); };
    return {.begin = behind(pixel), .end = behind(pixel + 1)};
}

}  // namespace

void HeatmapCells::reset(const Trace& trace) {
    slots_ = trace.slots() - trace.promptLength();
    cells_.clear();
    cells_.reserve(size_t{slots_} * (trace.steps() + 1));
    while (slots_ > 0 && frames() <= trace.steps()) {
        append(trace);
    }
}

void HeatmapCells::append(const Trace& trace) {
    const uint32_t frame = frames();
    for (uint32_t position = trace.promptLength(); position < trace.slots(); ++position) {
        cells_.push_back(cellOf(trace, position, frame));
    }
}

HeatmapPalette heatmapPalette(const Theme& theme) {
    HeatmapPalette palette{};
    palette[heat::kAbsent] = toQColor(theme.panel).rgb();
    palette[heat::kHeld] = toQColor(theme.window).rgb();
    palette[heat::kUnknown] = mix(theme.window, theme.masked, kUnknownShade).rgb();
    palette[heat::kCommit] = toQColor(theme.committed).rgb();
    palette[heat::kRevised] = toQColor(theme.remasked).rgb();
    for (size_t level = 0; level < heat::kLevels; ++level) {
        const float share = static_cast<float>(level) / float{heat::kLevels - 1};
        // In high contrast lightness speaks alone, and stays well below that of an event, which is a line.
        palette[heat::kEntropy + level] =
            mix(theme.window, theme.highContrast ? theme.masked : theme.guess, kRampFloor + kRampRise * share).rgb();
    }
    if (theme.highContrast) {
        palette[heat::kCommit] = palette[heat::kRevised] = toQColor(theme.text).rgb();
    }
    return palette;
}

QImage drawHeatmap(const HeatmapCells& cells, const HeatmapPalette& palette, const HeatmapGrid& grid, int left, int right) {
    QImage picture(std::max(0, right - left), grid.height, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    if (picture.isNull() || cells.answerSlots() == 0) {
        return picture;
    }
    const double framesPerPixel = grid.span / grid.width;
    const double slotsPerPixel = static_cast<double>(cells.answerSlots()) / grid.height;
    for (int x = left; x < right; ++x) {
        const Range frames = itemsOf(x, grid.begin, framesPerPixel);
        // A column's last pixels are its gap: the frame is another one there.
        const bool isGap = grid.gap > 0 && itemsOf(x + grid.gap, grid.begin, framesPerPixel).begin != frames.begin;
        const int64_t end = std::min<int64_t>(frames.end, cells.frames());
        if (isGap || frames.begin < 0 || frames.begin >= end) {
            continue;
        }
        for (int y = 0; y < grid.height; ++y) {
            const Range rows = itemsOf(y, 0.0, slotsPerPixel);
            Pool pool(palette);
            for (int64_t frame = frames.begin; frame < end; ++frame) {
                const std::span<const uint8_t> column = cells.frame(static_cast<uint32_t>(frame));
                for (int64_t row = rows.begin; row < rows.end; ++row) {
                    pool.add(column[static_cast<size_t>(row)]);
                }
            }
            const bool isBreak = grid.dashes && pool.hasRevision() && (x / kDash) % 2 != 0;
            reinterpret_cast<QRgb*>(picture.scanLine(y))[x - left] = isBreak ? palette[heat::kHeld] : pool.colour();
        }
    }
    return picture;
}

}  // namespace crystallite
