#include "app/canvas/cell_style.h"

#include "app/canvas/oklab.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

// In em of the slot's type.
constexpr float kCornerRadius = 0.26F;
constexpr float kLockedRadius = 0.04F;
constexpr float kNotchStep = 0.16F;  // legs grow by this with each class

constexpr float kNotEligible = 0.42F;  // of the ink of a slot that this step may not commit
constexpr float kPinnedEdge = 2.0F;    // logical pixels

struct OutlineStyle {
    Colour colour;
    float width;
    float opacity;
    float dash;
};

OutlineStyle heldOutline(const CellVisual& visual, const CellPalette& palette) {
    const Theme& theme = palette.theme();
    if (visual.end) {
        return {theme.facetEdge, 1.0F, 0.75F, 4.0F};
    }
    if (visual.region == SlotRegion::Prompt) {
        return {theme.border, 1.0F, 1.0F, 0.0F};
    }
    switch (visual.age) {
        case AgeClass::Young: return {palette.youngEdge(), 1.75F, 1.0F, 0.0F};
        case AgeClass::Settled: return {theme.facetEdge, 1.25F, 1.0F, 0.0F};
        case AgeClass::Old: return {theme.facetEdge, 1.0F, 0.60F, 0.0F};
        case AgeClass::None: break;
    }
    return {theme.facetEdge, visual.region == SlotRegion::Pinned ? kPinnedEdge : 1.0F, 1.0F, 0.0F};
}

OutlineStyle outlineOf(const CellVisual& visual, const CellPalette& palette) {
    const Theme& theme = palette.theme();
    switch (visual.change) {
        case CellChange::Committed: return {theme.committed, 2.0F, 1.0F, visual.end ? 4.0F : 0.0F};
        case CellChange::Remasked:
        case CellChange::Edited: return {theme.remasked, 1.75F, 1.0F, 7.0F};
        case CellChange::None: break;
    }
    if (!visual.open()) {
        return heldOutline(visual, palette);
    }
    return {theme.masked, 1.0F, visual.eligible ? 0.70F : kNotEligible, 0.0F};
}

void addFractures(CellInstance& cell, const CellVisual& visual) {
    float share = 0.0F;
    // The last line parts the drawn candidates from the rest; without a rest there is nothing to part.
    const uint32_t lines = visual.otherMass > 0.01F ? visual.shards : visual.shards - 1;
    for (uint32_t rank = 0; rank < lines; ++rank) {
        share += visual.ghosts[rank].probability;
        cell.fractures[rank] = share;
    }
    cell.fractureCount = lines;
    if (lines == visual.shards) {
        cell.otherFrom = share;
    }
}

/// High contrast: what a fill, a fainter outline and light say elsewhere, the width and the dashes of the outline say alone.
void harden(CellInstance& cell, const CellVisual& visual) {
    constexpr float kWiden = 0.75F;
    constexpr float kDotted = 3.0F;
    cell.relief = 0.0F;
    cell.gloss = 0.0F;
    cell.fillOpacity = 1.0F;  // of the window's own colour, so that notch and fractures are still drawn
    cell.outlineWidth += kWiden;
    cell.outlineOpacity = 1.0F;
    if (visual.open() && !visual.eligible) {
        cell.dash = kDotted;
    }
}

void fillHeld(CellInstance& cell, const CellVisual& visual, float fontPixels, const CellPalette& palette) {
    const bool flat = visual.region == SlotRegion::Prompt || visual.end;
    cell.fill = flat ? palette.theme().window : visual.fill ? palette.fill(*visual.fill) : palette.theme().facetSolid;
    cell.relief = flat ? 0.0F : 1.0F;
    cell.gloss = flat || visual.fill ? 0.0F : 1.0F;
    cell.notch = kNotchStep * fontPixels * static_cast<float>(visual.notch);
    cell.snap = visual.change == CellChange::Committed ? 1.0F : 0.0F;
}

}  // namespace

CellPalette::CellPalette(const Theme& theme)
    : theme_(theme),
      youngEdge_(mixOklab(theme.facetEdge, theme.text, 0.30F)),
      ghost_(mixOklab(theme.guess, theme.text, theme.dark ? 0.55F : 0.10F)),
      promptText_(mixOklab(theme.mutedText, theme.text, 0.55F)) {
    for (size_t step = 0; step < ramp_.size(); ++step) {
        ramp_[step] = mixOklab(theme.facetClear, theme.facetDense, static_cast<float>(step) / static_cast<float>(ramp_.size() - 1));
    }
}

const Colour& CellPalette::fill(float share) const {
    return ramp_[static_cast<size_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * static_cast<float>(ramp_.size() - 1)))];
}

Colour CellPalette::ghost(float light) const {
    return light > 0.0F ? mixOklab(ghost_, theme_.text, light) : ghost_;
}

CellInstance cellOf(const CellVisual& visual, const QRectF& rect, float fontPixels, const CellPalette& palette) {
    CellInstance cell;
    cell.rect = rect;
    cell.radius = (visual.locked() ? kLockedRadius : kCornerRadius) * fontPixels;
    const OutlineStyle outline = outlineOf(visual, palette);
    cell.outline = outline.colour;
    cell.outlineWidth = outline.width;
    cell.outlineOpacity = outline.opacity;
    cell.dash = outline.dash;
    if (!visual.open()) {
        fillHeld(cell, visual, fontPixels, palette);
    } else if (visual.fill) {
        cell.fill = palette.fill(*visual.fill);
        cell.fillOpacity = visual.eligible ? 1.0F : kNotEligible;
        cell.relief = (1.0F - *visual.fill) * cell.fillOpacity;
        addFractures(cell, visual);
    } else {
        cell.fill = palette.theme().window;
        cell.fillOpacity = 0.0F;
    }
    if (palette.theme().highContrast) {
        harden(cell, visual);
    }
    cell.previousFill = cell.fill;
    return cell;
}

CellInstance barOf(const QRectF& rect, const Colour& colour, float opacity, float radius) {
    CellInstance bar;
    bar.rect = rect;
    bar.fill = bar.previousFill = colour;
    bar.fillOpacity = opacity;
    bar.outlineOpacity = 0.0F;
    bar.radius = radius;
    return bar;
}

CellInstance ringOf(const QRectF& rect, float fontPixels, const Colour& colour, float width, float opacity, double away) {
    CellInstance ring;
    ring.rect = rect.adjusted(-away, -away, away, away);
    ring.fillOpacity = 0.0F;
    ring.outline = colour;
    ring.outlineWidth = width;
    ring.outlineOpacity = opacity;
    ring.radius = kCornerRadius * fontPixels + static_cast<float>(away);
    return ring;
}

}  // namespace crystallite
