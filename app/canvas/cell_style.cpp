#include "app/canvas/canvas_scene.h"
#include "app/canvas/oklab.h"

namespace crystallite {

namespace {

// In em of the slot's type.
constexpr float kCornerRadius = 0.26F;
constexpr float kLockedRadius = 0.04F;
constexpr float kNotchStep = 0.16F;  // legs grow by this with each class

constexpr float kNotEligible = 0.42F;  // of the ink of a slot that this step may not commit

struct OutlineStyle {
    Colour colour;
    float width;
    float opacity;
    float dash;
};

OutlineStyle heldOutline(const CellVisual& visual, const Theme& theme) {
    if (visual.end) {
        return {theme.facetEdge, 1.0F, 0.75F, 4.0F};
    }
    if (visual.region == SlotRegion::Prompt) {
        return {theme.border, 1.0F, 1.0F, 0.0F};
    }
    switch (visual.age) {
        case AgeClass::Young: return {mixOklab(theme.facetEdge, theme.text, 0.30F), 1.75F, 1.0F, 0.0F};
        case AgeClass::Settled: return {theme.facetEdge, 1.25F, 1.0F, 0.0F};
        case AgeClass::Old:
        case AgeClass::None: break;
    }
    return {theme.facetEdge, 1.0F, 0.70F, 0.0F};
}

OutlineStyle outlineOf(const CellVisual& visual, const Theme& theme) {
    switch (visual.change) {
        case CellChange::Committed: return {theme.committed, 2.0F, 1.0F, visual.end ? 4.0F : 0.0F};
        case CellChange::Remasked:
        case CellChange::Edited: return {theme.remasked, 1.75F, 1.0F, 7.0F};
        case CellChange::None: break;
    }
    if (!visual.open()) {
        return heldOutline(visual, theme);
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
    cell.fillOpacity = 1.0F;  // of the window's own colour, so that notch and fractures are still drawn
    cell.outlineWidth += kWiden;
    cell.outlineOpacity = 1.0F;
    if (visual.open() && !visual.eligible) {
        cell.dash = kDotted;
    }
}

}  // namespace

CellInstance cellOf(const CellVisual& visual, const QRectF& rect, float fontPixels, const Theme& theme) {
    CellInstance cell;
    cell.rect = rect;
    cell.radius = (visual.locked() ? kLockedRadius : kCornerRadius) * fontPixels;
    const OutlineStyle outline = outlineOf(visual, theme);
    cell.outline = outline.colour;
    cell.outlineWidth = outline.width;
    cell.outlineOpacity = outline.opacity;
    cell.dash = outline.dash;
    if (!visual.open()) {
        cell.fill = visual.region == SlotRegion::Prompt || visual.end ? theme.window : theme.facetSolid;
        cell.relief = visual.region == SlotRegion::Prompt || visual.end ? 0.0F : 1.0F;
        cell.notch = kNotchStep * fontPixels * static_cast<float>(visual.notch);
        cell.snap = visual.change == CellChange::Committed ? 1.0F : 0.0F;
    } else if (visual.fill) {
        cell.fill = mixOklab(theme.facetClear, theme.facetDense, *visual.fill);
        cell.fillOpacity = visual.eligible ? 1.0F : kNotEligible;
        cell.relief = (1.0F - *visual.fill) * cell.fillOpacity;
        addFractures(cell, visual);
    } else {
        cell.fill = theme.window;
        cell.fillOpacity = 0.0F;
    }
    if (theme.highContrast) {
        harden(cell, visual);
    }
    cell.previousFill = cell.fill;
    return cell;
}

CellInstance ringOf(const QRectF& rect, float fontPixels, const Colour& colour, float width, float opacity) {
    constexpr double kAway = 3.0;  // logical pixels between the facet and its ring
    CellInstance ring;
    ring.rect = rect.adjusted(-kAway, -kAway, kAway, kAway);
    ring.fillOpacity = 0.0F;
    ring.outline = colour;
    ring.outlineWidth = width;
    ring.outlineOpacity = opacity;
    ring.radius = kCornerRadius * fontPixels + static_cast<float>(kAway);
    return ring;
}

}  // namespace crystallite
