#pragma once

#include "app/canvas/cell_visual.h"
#include "app/theme.h"

#include <QRectF>

#include <array>
#include <cstdint>

namespace crystallite {

/// One facet to draw. Lengths are logical pixels.
struct CellInstance {
    QRectF rect;
    Colour fill{0.0F};
    Colour previousFill{0.0F};  ///< faded from
    float fillOpacity = 1.0F;
    Colour outline{0.0F};
    float outlineOpacity = 1.0F;
    float outlineWidth = 1.0F;
    float dash = 0.0F;    ///< period of a broken outline; 0: solid
    float radius = 0.0F;  ///< of the corners
    float notch = 0.0F;   ///< legs of the triangle at the lower right
    float relief = 0.0F;  ///< 0 flat .. 1 raised: strength of the light on the upper edge and of the shadow below
    float gloss = 0.0F;   ///< 0 plain .. 1: the face falls from light to dark, as a solid does
    float snap = 0.0F;    ///< 1: flashes with the event clock
    float light = 0.0F;   ///< 0..1: cool light inside the facet, see slot_light.h
    /// Fracture lines run from the lower right corner to this share of the way along the left and upper edge, from the lower left on.
    std::array<float, kRecordedCandidates> fractures{};
    uint32_t fractureCount = 0;
    float otherFrom = 1.0F;  ///< the facet behind the last fracture that stands for candidates not drawn begins here; 1: none
};

/// The colours of facets that follow from a theme, worked out once: a ramp in OKLab is too dear to be mixed for every slot of every frame.
class CellPalette {
public:
    explicit CellPalette(const Theme& theme);

    [[nodiscard]] const Theme& theme() const { return theme_; }
    /// Of `share` in 0..1: from facetClear to facetDense, straight in OKLab, in steps below a byte.
    [[nodiscard]] const Colour& fill(float share) const;
    [[nodiscard]] const Colour& youngEdge() const { return youngEdge_; }
    /// Of candidates: theme().guess, on the way to the colour of text, for ink of low opacity has to be read.
    /// The ink of a guess. The light of a measurement (0..1) has its hue: there it turns to the ink of text, or it would drown.
    [[nodiscard]] Colour ghost(float light = 0.0F) const;
    [[nodiscard]] const Colour& promptText() const { return promptText_; }

private:
    Theme theme_;
    std::array<Colour, 256> ramp_;
    Colour youngEdge_{0.0F};
    Colour ghost_{0.0F};
    Colour promptText_{0.0F};
};

/// The facet of one slot, without its text.
[[nodiscard]] CellInstance cellOf(const CellVisual& visual, const QRectF& rect, float fontPixels, const CellPalette& palette);

/// A filled rectangle without an outline: rules, strips, gauges.
[[nodiscard]] CellInstance barOf(const QRectF& rect, const Colour& colour, float opacity = 1.0F, float radius = 0.0F);

/// A ring `away` logical pixels around a slot.
[[nodiscard]] CellInstance ringOf(const QRectF& rect, float fontPixels, const Colour& colour, float width, float opacity,
                                  double away = 3.0);

}  // namespace crystallite
