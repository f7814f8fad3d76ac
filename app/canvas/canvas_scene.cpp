#include "app/canvas/canvas_scene.h"

#include "app/canvas/oklab.h"

#include <QPointF>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace crystallite {

namespace {

// In em of the slot's type.
constexpr float kAlternativeType = 0.60F;
constexpr double kAlternativeRise = 0.68;  // between the likeliest word and the words above and below it
constexpr double kAlternativeGap = 0.45;   // of the smaller type
constexpr float kDimmedGhost = 0.5F;       // in a slot that this step may not commit
constexpr double kTextInset = 0.22;        // text is narrowed to stay this far from the edge
constexpr float kNarrowest = 0.50F;        // of the type size; a longer word is cut
constexpr float kMarkType = 0.62F;
constexpr double kLockPixels = 12.0;

bool sameGhosts(const CellVisual& a, const CellVisual& b) {
    return a.state == b.state && a.eligible == b.eligible && a.blur == b.blur &&
           std::ranges::equal(std::span(a.ghosts).first(a.ghostCount), std::span(b.ghosts).first(b.ghostCount));
}

}  // namespace

SceneBuilder::SceneBuilder(const Trace& trace, const CanvasLayout& layout, const Theme& theme, TextShaper& shaper, GlyphAtlas& atlas)
    : trace_(trace), layout_(layout), theme_(theme), shaper_(shaper), atlas_(atlas) {}

CanvasScene SceneBuilder::build(const SceneSettings& settings) {
    settings_ = settings;
    scene_ = {};
    const CanvasLayout::SlotRange inView = layout_.slotsBetween(settings.extent.top, settings.extent.bottom);
    scene_.cells.reserve(inView.end - inView.begin + layout_.blockRules().size() + 1);
    addFurniture();
    for (uint32_t position = inView.begin; position < inView.end; ++position) {
        addSlot(position);
    }
    return std::exchange(scene_, {});
}

void SceneBuilder::addFurniture() {
    const auto addRule = [&](const QRectF& rect) {
        CellInstance rule;
        rule.rect = rect;
        rule.fill = rule.previousFill = theme_.border;
        rule.outlineOpacity = 0.0F;
        scene_.cells.push_back(rule);
    };
    for (const QRectF& rect : layout_.blockRules()) {
        addRule(rect);
    }
    if (layout_.promptRule().isEmpty()) {
        return;
    }
    addRule(layout_.promptRule());
    const QRectF first = layout_.slot(0);
    const QRectF box(first.left() - 1.6 * kLockPixels, first.top(), 1.4 * kLockPixels, first.height());
    addText(shaper_.shape({.runs = {{.style = DisplayRun::Style::Symbol, .symbol = Symbol::Lock}}}), box.center(), box,
            {.colour = theme_.mutedText, .pixels = static_cast<float>(kLockPixels)});
}

void SceneBuilder::addSlot(uint32_t position) {
    const CellVisual visual = visualAt(trace_, settings_.frame, position, settings_.visual);
    if (visual.state == CellState::Absent) {
        return;
    }
    CellInstance cell = cellOf(visual, layout_.slot(position), layout_.fontPixels(position), theme_);
    float fade = 0.0F;
    if (settings_.previousFrame && visual.region == SlotRegion::Answer) {
        const CellVisual before = visualAt(trace_, *settings_.previousFrame, position, settings_.visual);
        if (before.fill && visual.fill) {
            cell.previousFill = mixOklab(theme_.facetClear, theme_.facetDense, *before.fill);
        }
        if (before.open() && !sameGhosts(before, visual)) {
            fade = 1.0F;
            addGhosts(position, before, -1.0F);
        }
    }
    scene_.cells.push_back(cell);
    if (visual.open()) {
        addGhosts(position, visual, fade);
    } else {
        addHeldText(position, visual);
    }
    addMarks(position, visual);
}

void SceneBuilder::addGhosts(uint32_t position, const CellVisual& visual, float fade) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position);
    const float dimming = visual.eligible ? 1.0F : kDimmedGhost;
    if (visual.state == CellState::Masked) {
        addText(shaper_.shape({.runs = {{.style = DisplayRun::Style::Symbol, .symbol = Symbol::MaskMark}}}), rect.center(), rect,
                {.colour = theme_.masked, .opacity = dimming, .pixels = pixels * 0.8F, .fade = fade});
        return;
    }
    addAlternatives(position, visual, fade);
    const Ghost& likeliest = visual.ghosts[0];
    addText(shaper_.shape(trace_, likeliest.id), rect.center(), rect,
            {.colour = theme_.guess, .opacity = likeliest.opacity * dimming, .pixels = pixels, .blur = visual.blur, .fade = fade});
}

void SceneBuilder::addAlternatives(uint32_t position, const CellVisual& visual, float fade) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position) * kAlternativeType;
    const double em = static_cast<double>(pixels);
    // Two lines, the second candidate above and the third below; the next ones stand left and right of these, as far as the cell reaches.
    struct Line {
        double baselineOffset;
        double left = 0.0;
        double right = 0.0;
        bool leftNext = true;
    };
    std::array<Line, 2> lines = {Line{-kAlternativeRise}, Line{kAlternativeRise}};
    for (uint32_t rank = 1; rank < visual.ghostCount; ++rank) {
        const Ghost& ghost = visual.ghosts[rank];
        const ShapedText& text = shaper_.shape(trace_, ghost.id);
        const double width = std::min(static_cast<double>(text.advance), rect.width() / em) + kAlternativeGap;
        Line& line = lines[(rank - 1) % lines.size()];
        double x = 0.0;
        if (rank <= lines.size()) {
            line.left = line.right = width / 2.0;
        } else {
            x = line.leftNext ? -line.left - width / 2.0 : line.right + width / 2.0;
            (line.leftNext ? line.left : line.right) += width;
            line.leftNext = !line.leftNext;
        }
        addText(text, rect.center() + QPointF(x * em, line.baselineOffset * static_cast<double>(layout_.fontPixels(position))), rect,
                {.colour = theme_.guess,
                 .opacity = ghost.opacity * (visual.eligible ? 1.0F : kDimmedGhost),
                 .pixels = pixels,
                 .blur = visual.blur,
                 .fade = fade});
    }
}

void SceneBuilder::addHeldText(uint32_t position, const CellVisual& visual) {
    TextStyle style{.colour = theme_.text, .pixels = layout_.fontPixels(position)};
    if (visual.change == CellChange::Committed) {
        style.colour = theme_.committed;
    } else if (visual.change == CellChange::Edited) {
        style.colour = theme_.remasked;
    } else if (visual.end || visual.control || visual.region == SlotRegion::Prompt) {
        style.colour = mixOklab(theme_.mutedText, theme_.text, visual.region == SlotRegion::Prompt ? 0.55F : 0.0F);
    }
    const QRectF& rect = layout_.slot(position);
    addText(shaper_.shape(trace_, trace_.canvas(settings_.frame).token(position)), rect.center(), rect, style);
}

void SceneBuilder::addMarks(uint32_t position, const CellVisual& visual) {
    const QRectF& rect = layout_.slot(position);
    const float pixels = layout_.fontPixels(position) * kMarkType;
    const double em = static_cast<double>(pixels);
    const auto mark = [&](Symbol symbol, QPointF centre, const Colour& colour) {
        addText(shaper_.shape({.runs = {{.style = DisplayRun::Style::Symbol, .symbol = symbol}}}), centre, rect,
                {.colour = colour, .pixels = pixels});
    };
    if (visual.change == CellChange::Remasked || visual.change == CellChange::Edited) {
        mark(Symbol::Crack, rect.topLeft() + QPointF(0.7 * em, 0.95 * em), theme_.remasked);
    }
    if (visual.region == SlotRegion::Pinned) {
        mark(Symbol::Lock, rect.topRight() + QPointF(-0.7 * em, 0.8 * em), theme_.mutedText);
    }
    if (visual.revisions > 0) {
        addText(shaper_.shapeString(QString::number(visual.revisions)), rect.topRight() + QPointF(-0.7 * em, 0.8 * em), rect,
                {.colour = theme_.remasked, .pixels = pixels});
    }
}

void SceneBuilder::addText(const ShapedText& text, QPointF centre, const QRectF& clip, const TextStyle& style) {
    const double room = clip.width() - 2.0 * kTextInset * static_cast<double>(style.pixels);
    const double wanted = static_cast<double>(text.advance * style.pixels);
    const float scale = wanted > room ? std::max(static_cast<float>(room / wanted), kNarrowest) : 1.0F;
    const double baseline = centre.y() + 0.5 * static_cast<double>(shaper_.capHeight() * style.pixels * scale);
    // Whole device pixels keep the feet of all words of a row on one line.
    const double ratio = settings_.devicePixelRatio;
    const QPointF start(centre.x() - wanted * static_cast<double>(scale) / 2.0, std::round(baseline * ratio) / ratio);
    for (const ShapedGlyph& glyph : text.glyphs) {
        addGlyph(glyph, start, scale, clip, style);
    }
}

void SceneBuilder::addGlyph(const ShapedGlyph& glyph, QPointF start, float scale, const QRectF& clip, const TextStyle& style) {
    const double ratio = settings_.devicePixelRatio;
    const double em = static_cast<double>(style.pixels * scale);
    const double penX = (start.x() + static_cast<double>(glyph.offset.x) * em) * ratio;
    const double penY = (start.y() + static_cast<double>(glyph.offset.y) * em) * ratio;
    const double quarter = std::floor(penX * kGlyphPhases + 0.5);
    const double column = std::floor(quarter / kGlyphPhases);
    const GlyphKey key{.id = glyph.id,
                       .halfPixels = static_cast<uint16_t>(std::lround(em * ratio * 2.0)),
                       .phase = static_cast<uint8_t>(quarter - column * kGlyphPhases),
                       .blur = blurLevel(theme_.highContrast ? 0.0F : style.blur)};
    const GlyphRaster& raster = atlas_.raster(key);
    if (raster.texels.isEmpty()) {
        return;
    }
    const QPointF corner(column + raster.origin.x(), std::round(penY) + raster.origin.y());
    const QRectF whole(corner / ratio, QSizeF(raster.texels.size()) / ratio);
    const QRectF shown = whole.intersected(clip);
    if (shown.isEmpty()) {
        return;
    }
    const QRectF texels(raster.texels.x() + (shown.x() - whole.x()) * ratio, raster.texels.y() + (shown.y() - whole.y()) * ratio,
                        shown.width() * ratio, shown.height() * ratio);
    scene_.glyphs.push_back({.rect = shown,
                             .texels = texels,
                             .colour = style.colour,
                             .opacity = theme_.highContrast ? 1.0F : style.opacity,
                             .fade = style.fade});
}

}  // namespace crystallite
