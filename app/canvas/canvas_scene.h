#pragma once

#include "app/canvas/canvas_layout.h"
#include "app/canvas/cell_visual.h"
#include "app/canvas/glyph_atlas.h"
#include "app/canvas/text_shaper.h"
#include "app/theme.h"

#include <QRect>
#include <QRectF>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

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
    float snap = 0.0F;    ///< 1: flashes with the event clock
    /// Fracture lines run from the lower right corner to this share of the way along the left and upper edge, from the lower left on.
    std::array<float, kRecordedCandidates> fractures{};
    uint32_t fractureCount = 0;
    float otherFrom = 1.0F;  ///< the facet behind the last fracture that stands for candidates not drawn begins here; 1: none
};

/// One glyph to draw.
struct GlyphInstance {
    QRectF rect;    ///< logical pixels
    QRectF texels;  ///< in the atlas
    Colour colour{0.0F};
    float opacity = 1.0F;
    float fade = 0.0F;  ///< 0 always there; 1 fades in, -1 fades out with the event clock
};

/// A frame as a display list: what both renderers draw, and what tests compare with pixels.
struct CanvasScene {
    std::vector<CellInstance> cells;
    std::vector<GlyphInstance> glyphs;
};

/// A strip of the content, from edge to edge.
struct SceneExtent {
    double top = 0.0;
    double bottom = 0.0;
};

struct SceneSettings {
    uint32_t frame = 0;
    std::optional<uint32_t> previousFrame;  ///< ghosts and fills fade over from it
    VisualSettings visual;
    double devicePixelRatio = 1.0;
    SceneExtent extent;  ///< slots outside it are left out
};

/// Builds the display list of one frame. Borrows everything for its own life.
class SceneBuilder {
public:
    SceneBuilder(const Trace& trace, const CanvasLayout& layout, const Theme& theme, TextShaper& shaper, GlyphAtlas& atlas);

    [[nodiscard]] CanvasScene build(const SceneSettings& settings);

private:
    void addFurniture();
    void addSlot(uint32_t position);
    void addGhosts(uint32_t position, const CellVisual& visual, float fade);
    void addAlternatives(uint32_t position, const CellVisual& visual, float fade);
    void addHeldText(uint32_t position, const CellVisual& visual);
    void addMarks(uint32_t position, const CellVisual& visual);
    /// Sets `text` around `centre` (x) on `baseline` (y), narrowed to the cell's width and cut at its edges.
    struct TextStyle {
        Colour colour{0.0F};
        float opacity = 1.0F;
        float pixels = 16.0F;
        float blur = 0.0F;
        float fade = 0.0F;
    };
    void addText(const ShapedText& text, QPointF centre, const QRectF& clip, const TextStyle& style);
    void addGlyph(const ShapedGlyph& glyph, QPointF start, float scale, const QRectF& clip, const TextStyle& style);

    const Trace& trace_;
    const CanvasLayout& layout_;
    const Theme& theme_;
    TextShaper& shaper_;
    GlyphAtlas& atlas_;
    SceneSettings settings_;
    CanvasScene scene_;
};

/// The facet of one slot, without its text.
[[nodiscard]] CellInstance cellOf(const CellVisual& visual, const QRectF& rect, float fontPixels, const Theme& theme);

/// A ring around a slot: the selection, or what the pointer is over.
[[nodiscard]] CellInstance ringOf(const QRectF& rect, float fontPixels, const Colour& colour, float width, float opacity);

}  // namespace crystallite
