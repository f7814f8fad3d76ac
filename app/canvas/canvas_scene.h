#pragma once

#include "app/canvas/calm.h"
#include "app/canvas/canvas_layout.h"
#include "app/canvas/cell_style.h"
#include "app/canvas/glyph_setter.h"

#include <QRectF>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crystallite {

/// A frame as a display list: what both renderers draw, and what tests compare with pixels.
struct CanvasScene {
    std::vector<CellInstance> cells;
    std::vector<GlyphInstance> glyphs;
    /// The instances that a slot, or a fold, is made of.
    struct SlotPart {
        uint32_t position = 0;
        size_t firstCell = 0;
        size_t firstGlyph = 0;
        size_t endGlyph = 0;
    };
    std::vector<SlotPart> parts;  ///< rising positions; the cell at firstCell is the facet
};

/// A strip of the content, from edge to edge.
struct SceneExtent {
    double top = 0.0;
    double bottom = 0.0;
};

struct SceneSettings {
    uint32_t frame = 0;
    std::optional<uint32_t> previousFrame;  ///< ghosts and fills fade over from it
    Pace pace;
    VisualSettings visual;
    double devicePixelRatio = 1.0;
    SceneExtent extent;             ///< slots outside it are left out
    std::span<const float> lights;  ///< [slots] 0..1, or empty
};

/// Builds the display list of one frame. Borrows everything for its own life.
class SceneBuilder {
public:
    SceneBuilder(const Trace& trace, const CanvasLayout& layout, const CellPalette& palette, TextShaper& shaper, GlyphAtlas& atlas);

    [[nodiscard]] CanvasScene build(const SceneSettings& settings);

private:
    void addFurniture();
    void addSlot(uint32_t position);
    void addFold(SlotRange fold);
    /// Of the frame before, and the lightness that `cell` fades from.
    void addFadingGhosts(uint32_t position, uint32_t placeBefore, const CellVisual& before, const CellVisual& now, CellInstance& cell);
    /// 0..1, of an extra measurement.
    [[nodiscard]] float lightOn(uint32_t position) const;
    void addGhosts(uint32_t position, const CellVisual& visual, float fade);
    void addAlternatives(uint32_t position, const CellVisual& visual, float fade);
    void addHeldText(uint32_t position, const CellVisual& visual);
    void addMarks(uint32_t position, const CellVisual& visual);
    void addShift(uint32_t position, const CellVisual& visual);
    void addText(const ShapedText& text, QPointF centre, const QRectF& clip, const TextStyle& style);
    [[nodiscard]] ShapedText symbolText(Symbol symbol);

    const Trace& trace_;
    const CanvasLayout& layout_;
    const CellPalette& palette_;
    const Theme& theme_;
    TextShaper& shaper_;
    GlyphAtlas& atlas_;
    SceneSettings settings_;
    std::optional<GlyphSetter> setter_;
    std::optional<Calm> calm_;
    CanvasScene scene_;
};

inline constexpr float kFullShift = 2.0F;  ///< nats; a strip above a slot is full from here on

/// The strip above a slot whose belief moved by `shift` nats: height in proportion, full from kFullShift on.
[[nodiscard]] QRectF shiftBar(const QRectF& slot, float fontPixels, double roomAbove, float shift);

}  // namespace crystallite
