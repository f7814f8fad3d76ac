#include "app/canvas/canvas_scene.h"

#include "app/canvas/alternative_places.h"

#include <QPointF>

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {

namespace {

// In em of the slot's type.
constexpr float kAlternativeType = 0.56F;
constexpr double kAlternativeRise = 0.70;  // between the likeliest word and the words above and below it
constexpr float kAlternativeBlur = 0.4F;   // of the likeliest word's: small type is lost sooner
constexpr float kDimmedGhost = 0.5F;       // in a slot that this step may not commit
constexpr float kMaskMarkType = 0.8F;
constexpr float kMarkType = 0.62F;
constexpr float kFoldType = 0.72F;
constexpr double kLockPixels = 12.0;
constexpr double kShiftHeight = 0.40;  // of a full strip

bool sameGhosts(const CellVisual& a, const CellVisual& b) {
    return a.state == b.state && a.eligible == b.eligible && a.blur == b.blur &&
           std::ranges::equal(std::span(a.ghosts).first(a.ghostCount), std::span(b.ghosts).first(b.ghostCount));
}

float dimming(const CellVisual& visual) {
    return visual.eligible ? 1.0F : kDimmedGhost;
}

DisplayRun symbolRun(Symbol symbol) {
    return {.style = DisplayRun::Style::Symbol, .symbol = symbol};
}

/// "▣ 40  ⬡ 47": ends, open slots, and other tokens as a plain number behind a plus sign.
TokenDisplay foldText(const FoldCount& count) {
    TokenDisplay display;
    const auto add = [&](Symbol symbol, const QString& text) {
        display.runs.push_back(symbolRun(symbol));
        display.runs.push_back({.style = DisplayRun::Style::Text, .text = text});
    };
    add(Symbol::EndOfText, QStringLiteral(" × %1").arg(count.ends));
    if (count.open > 0) {
        display.runs.back().text += QStringLiteral("   ");
        add(Symbol::MaskMark, QStringLiteral(" × %1").arg(count.open));
    }
    if (count.others > 0) {
        display.runs.back().text += QStringLiteral("   + %1").arg(count.others);
    }
    return display;
}

}  // namespace

QRectF shiftBar(const QRectF& slot, float fontPixels, double roomAbove, float shift) {
    const double most = std::min(kShiftHeight * static_cast<double>(fontPixels), roomAbove);
    const double height = most * static_cast<double>(std::clamp(shift / kFullShift, 0.0F, 1.0F));
    return {slot.left() + 2.0, slot.top() - 2.0 - height, slot.width() - 4.0, height};
}

SceneBuilder::SceneBuilder(const Trace& trace, const CanvasLayout& layout, const CellPalette& palette, TextShaper& shaper,
                           GlyphAtlas& atlas)
    : trace_(trace), layout_(layout), palette_(palette), theme_(palette.theme()), shaper_(shaper), atlas_(atlas) {}

CanvasScene SceneBuilder::build(const SceneSettings& settings) {
    settings_ = settings;
    setter_.emplace(shaper_, atlas_, settings.devicePixelRatio);
    calm_.emplace(trace_, palette_, settings_.visual, settings_.pace);
    scene_ = {};
    const SlotRange inView = layout_.slotsBetween(settings.extent.top, settings.extent.bottom);
    scene_.cells.reserve(inView.length() + layout_.blockRules().size() + 1);
    scene_.parts.reserve(inView.length());
    addFurniture();
    for (uint32_t position = inView.begin; position < inView.end; ++position) {
        const size_t firstCell = scene_.cells.size();
        const size_t firstGlyph = scene_.glyphs.size();
        const std::optional<SlotRange> fold = layout_.foldAt(position);
        if (fold) {
            addFold(*fold);
        } else {
            addSlot(position);
        }
        if (scene_.cells.size() > firstCell) {
            scene_.parts.push_back(
                {.position = position, .firstCell = firstCell, .firstGlyph = firstGlyph, .endGlyph = scene_.glyphs.size()});
        }
        position = fold ? fold->end - 1 : position;
    }
    return std::exchange(scene_, {});
}

void SceneBuilder::addFurniture() {
    for (const QRectF& rect : layout_.blockRules()) {
        scene_.cells.push_back(barOf(rect, theme_.border));
    }
    if (layout_.promptRule().isEmpty()) {
        return;
    }
    scene_.cells.push_back(barOf(layout_.promptRule(), theme_.border));
    const QRectF first = layout_.slot(0);
    const QRectF box(first.left() - 1.6 * kLockPixels, first.top(), 1.4 * kLockPixels, first.height());
    addText(symbolText(Symbol::Lock), box.center(), box, {.colour = theme_.mutedText, .pixels = static_cast<float>(kLockPixels)});
}

void SceneBuilder::addSlot(uint32_t position) {
    const CellVisual visual = visualAt(trace_, settings_.frame, position, settings_.visual);
    if (visual.state == CellState::Absent) {
        return;
    }
    const float pixels = layout_.fontPixels(position);
    CellInstance cell = cellOf(visual, layout_.slot(position), pixels, palette_);
    cell.light = lightOn(position);
    const bool changes = visual.region == SlotRegion::Answer;
    if (changes) {
        calm_->apply(cell, settings_.frame, position, pixels);
    }
    float fade = 0.0F;
    const std::optional<uint32_t> placeBefore =
        settings_.previousFrame && changes ? positionThen(trace_, settings_.frame, position, *settings_.previousFrame) : std::nullopt;
    if (placeBefore) {
        const CellVisual before = visualAt(trace_, *settings_.previousFrame, *placeBefore, settings_.visual);
        fade = before.open() && !sameGhosts(before, visual) ? 1.0F : 0.0F;
        addFadingGhosts(position, *placeBefore, before, visual, cell);
    }
    scene_.cells.push_back(cell);
    if (visual.open()) {
        addGhosts(position, visual, fade);
    } else {
        addHeldText(position, visual);
    }
    addMarks(position, visual);
    addShift(position, visual);
}

void SceneBuilder::addFadingGhosts(uint32_t position, uint32_t placeBefore, const CellVisual& before, const CellVisual& now,
                                   CellInstance& cell) {
    if (before.fill && now.fill) {
        CellInstance earlier = cellOf(before, cell.rect, layout_.fontPixels(position), palette_);
        calm_->apply(earlier, *settings_.previousFrame, placeBefore, layout_.fontPixels(position));
        cell.previousFill = earlier.fill;
    }
    if (before.open() && !sameGhosts(before, now)) {
        addGhosts(position, before, -1.0F);
    }
}

void SceneBuilder::addFold(SlotRange fold) {
    const QRectF& rect = layout_.slot(fold.begin);
    const float pixels = layout_.fontPixels(fold.begin);
    const FoldCount count = countFold(trace_, settings_.frame, fold);
    const CellVisual visual{.state = CellState::Held, .change = count.committed ? CellChange::Committed : CellChange::None, .end = true};
    CellInstance cell = cellOf(visual, rect, pixels, palette_);
    cell.snap = 0.0F;  // a commit inside it is not a commit of all of it
    for (uint32_t position = fold.begin; position < std::min<size_t>(fold.end, settings_.lights.size()); ++position) {
        cell.light = std::max(cell.light, settings_.lights[position]);
    }
    scene_.cells.push_back(cell);
    addText(shaper_.shape(foldText(count)), rect.center(), rect, {.colour = theme_.mutedText, .pixels = pixels * kFoldType});
}

float SceneBuilder::lightOn(uint32_t position) const {
    return position < settings_.lights.size() ? settings_.lights[position] : 0.0F;
}

void SceneBuilder::addGhosts(uint32_t position, const CellVisual& visual, float fade) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position);
    if (visual.state == CellState::Masked) {
        addText(symbolText(Symbol::MaskMark), rect.center(), rect,
                {.colour = theme_.masked, .opacity = dimming(visual), .pixels = pixels * kMaskMarkType, .fade = fade});
        return;
    }
    addAlternatives(position, visual, fade);
    const Ghost& likeliest = visual.ghosts[0];
    addText(shaper_.shape(trace_, likeliest.id), rect.center(), rect,
            {.colour = palette_.ghost(lightOn(position)),
             .opacity = likeliest.opacity * dimming(visual),
             .pixels = pixels,
             .blur = visual.blur,
             .fade = fade});
}

void SceneBuilder::addAlternatives(uint32_t position, const CellVisual& visual, float fade) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position) * kAlternativeType;
    const double em = static_cast<double>(pixels);
    AlternativePlaces places(rect.width() / em);
    for (uint32_t rank = visual.open() ? 1 : 0; rank < visual.ghostCount; ++rank) {
        const Ghost& ghost = visual.ghosts[rank];
        if (!visual.open() && ghost.id == trace_.canvas(settings_.frame).token(position)) {
            continue;
        }
        const ShapedText& text = shaper_.shape(trace_, ghost.id);
        const auto place = places.next(static_cast<double>(text.advance));
        if (!place) {
            continue;
        }
        const double down = place->y() * kAlternativeRise * static_cast<double>(layout_.fontPixels(position));
        addText(text, rect.center() + QPointF(place->x() * em, down), rect,
                {.colour = palette_.ghost(lightOn(position)),
                 .opacity = ghost.opacity * dimming(visual),
                 .pixels = pixels,
                 .blur = visual.blur * kAlternativeBlur,
                 .fade = fade});
    }
}

void SceneBuilder::addHeldText(uint32_t position, const CellVisual& visual) {
    TextStyle style{.colour = theme_.text, .pixels = layout_.fontPixels(position)};
    if (calm_->flickers(settings_.frame, position)) {
        style.opacity = Calm::kFlickerOpacity;
    } else if (visual.change == CellChange::Committed) {
        style.colour = theme_.committed;
    } else if (visual.change == CellChange::Edited) {
        style.colour = theme_.remasked;
    } else if (visual.region == SlotRegion::Prompt) {
        style.colour = palette_.promptText();
    } else if (visual.end || visual.control) {
        style.colour = theme_.mutedText;
    }
    addAlternatives(position, visual, 0.0F);
    const QRectF& rect = layout_.slot(position);
    addText(shaper_.shape(trace_, trace_.canvas(settings_.frame).token(position)), rect.center(), rect, style);
}

void SceneBuilder::addMarks(uint32_t position, const CellVisual& visual) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position) * kMarkType;
    const double em = static_cast<double>(pixels);
    const TextStyle revised{.colour = theme_.remasked, .pixels = pixels};
    if (visual.change == CellChange::Remasked || visual.change == CellChange::Edited) {
        addText(symbolText(Symbol::Crack), rect.topLeft() + QPointF(0.7 * em, 0.95 * em), rect, revised);
    }
    QPointF corner = rect.topRight() + QPointF(-0.7 * em, 0.8 * em);
    if (visual.region == SlotRegion::Pinned) {
        addText(symbolText(Symbol::Lock), corner, rect, {.colour = theme_.mutedText, .pixels = pixels});
        corner.rx() -= em;
    }
    if (visual.revisions > 0) {
        addText(shaper_.shapeString(QString::number(visual.revisions)), corner, rect, revised);
    }
    if (visual.byHand) {
        addText(symbolText(Symbol::Hand), rect.bottomLeft() + QPointF(0.7 * em, -0.6 * em), rect,
                {.colour = theme_.accent, .pixels = pixels});
    }
    if (visual.queue > 0) {
        const ShapedText number = shaper_.shapeString(QStringLiteral("#%1").arg(visual.queue));
        const double half = 0.5 * static_cast<double>(number.advance) * em;
        addText(number, rect.topLeft() + QPointF(half + 0.35 * em, 0.8 * em), rect, {.colour = theme_.accent, .pixels = pixels});
    }
}

void SceneBuilder::addShift(uint32_t position, const CellVisual& visual) {
    if (visual.shift) {
        const QRectF bar = shiftBar(layout_.slot(position), layout_.fontPixels(position), layout_.roomAbove(position), *visual.shift);
        scene_.cells.push_back(barOf(bar, theme_.guess, 0.9F));
    }
}

void SceneBuilder::addText(const ShapedText& text, QPointF centre, const QRectF& clip, const TextStyle& style) {
    TextStyle shown = style;
    if (palette_.theme().highContrast) {
        shown.opacity = 1.0F;
        shown.blur = 0.0F;
    }
    setter_->setAround(scene_.glyphs, text, centre, clip, shown);
}

ShapedText SceneBuilder::symbolText(Symbol symbol) {
    return shaper_.shape({.runs = {symbolRun(symbol)}});
}

}  // namespace crystallite
