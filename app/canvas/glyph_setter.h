#pragma once

#include "app/canvas/glyph_atlas.h"
#include "app/canvas/text_shaper.h"
#include "app/theme.h"

#include <QPointF>
#include <QRectF>

#include <vector>

namespace crystallite {

/// One glyph to draw.
struct GlyphInstance {
    QRectF rect;    ///< logical pixels
    QRectF texels;  ///< in the atlas
    Colour colour{0.0F};
    float opacity = 1.0F;
    float fade = 0.0F;  ///< 0 always there; 1 fades in, -1 fades out with the event clock
};

struct TextStyle {
    Colour colour{0.0F};
    float opacity = 1.0F;
    float pixels = 16.0F;  ///< type size, logical
    float blur = 0.0F;     ///< 0..1 of kWidestBlur
    float fade = 0.0F;     ///< GlyphInstance::fade
};

/// Sets shaped text as glyphs of the atlas. Borrows everything for its own life.
class GlyphSetter {
public:
    GlyphSetter(const TextShaper& shaper, GlyphAtlas& atlas, double devicePixelRatio)
        : shaper_(shaper), atlas_(atlas), ratio_(devicePixelRatio) {}

    /// Around `centre`, narrowed to `clip`'s width down to half its size and cut at its edges.
    void setAround(std::vector<GlyphInstance>& glyphs, const ShapedText& text, QPointF centre, const QRectF& clip, const TextStyle& style);
    /// From `left` on, on the middle of `clip`, cut at its edges.
    void setFrom(std::vector<GlyphInstance>& glyphs, const ShapedText& text, double left, const QRectF& clip, const TextStyle& style);

    /// Letters below this many device pixels are no letters any more, and are left out.
    static constexpr double kSmallestReadable = 4.0;

private:
    void set(std::vector<GlyphInstance>& glyphs, const ShapedText& text, QPointF start, float scale, const QRectF& clip,
             const TextStyle& style);
    void setGlyph(std::vector<GlyphInstance>& glyphs, const ShapedGlyph& glyph, QPointF start, float scale, const QRectF& clip,
                  const TextStyle& style);
    [[nodiscard]] double baselineAround(double y, float pixels) const;

    const TextShaper& shaper_;
    GlyphAtlas& atlas_;
    double ratio_;
};

}  // namespace crystallite
