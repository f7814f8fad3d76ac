#include "app/canvas/glyph_setter.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

constexpr double kTextInset = 0.22;  // em; text is narrowed to stay this far from the edge
constexpr float kNarrowest = 0.50F;  // of the type size; a longer word is cut

}  // namespace

void GlyphSetter::setAround(std::vector<GlyphInstance>& glyphs, const ShapedText& text, QPointF centre, const QRectF& clip,
                            const TextStyle& style) {
    const double room = clip.width() - 2.0 * kTextInset * static_cast<double>(style.pixels);
    const double wanted = static_cast<double>(text.advance * style.pixels);
    const float scale = wanted > room ? std::max(static_cast<float>(room / wanted), kNarrowest) : 1.0F;
    const QPointF start(centre.x() - wanted * static_cast<double>(scale) / 2.0, baselineAround(centre.y(), style.pixels * scale));
    set(glyphs, text, start, scale, clip, style);
}

void GlyphSetter::setFrom(std::vector<GlyphInstance>& glyphs, const ShapedText& text, double left, const QRectF& clip,
                          const TextStyle& style) {
    set(glyphs, text, QPointF(left, baselineAround(clip.center().y(), style.pixels)), 1.0F, clip, style);
}

double GlyphSetter::baselineAround(double y, float pixels) const {
    // Whole device pixels keep the feet of all words of a row on one line.
    return std::round((y + 0.5 * static_cast<double>(shaper_.capHeight() * pixels)) * ratio_) / ratio_;
}

void GlyphSetter::set(std::vector<GlyphInstance>& glyphs, const ShapedText& text, QPointF start, float scale, const QRectF& clip,
                      const TextStyle& style) {
    if (static_cast<double>(style.pixels * scale) * ratio_ < kSmallestReadable) {
        return;
    }
    for (const ShapedGlyph& glyph : text.glyphs) {
        setGlyph(glyphs, glyph, start, scale, clip, style);
    }
}

void GlyphSetter::setGlyph(std::vector<GlyphInstance>& glyphs, const ShapedGlyph& glyph, QPointF start, float scale, const QRectF& clip,
                           const TextStyle& style) {
    const double em = static_cast<double>(style.pixels * scale);
    const double penX = (start.x() + static_cast<double>(glyph.offset.x) * em) * ratio_;
    const double penY = (start.y() + static_cast<double>(glyph.offset.y) * em) * ratio_;
    const double quarter = std::floor(penX * kGlyphPhases + 0.5);
    const double column = std::floor(quarter / kGlyphPhases);
    const GlyphKey key{.id = glyph.id,
                       .halfPixels = static_cast<uint16_t>(std::lround(em * ratio_ * 2.0)),
                       .phase = static_cast<uint8_t>(quarter - column * kGlyphPhases),
                       .blur = blurLevel(style.blur)};
    const GlyphRaster& raster = atlas_.raster(key);
    if (raster.texels.isEmpty()) {
        return;
    }
    const QPointF corner(column + raster.origin.x(), std::round(penY) + raster.origin.y());
    const QRectF whole(corner / ratio_, QSizeF(raster.texels.size()) / ratio_);
    const QRectF shown = whole.intersected(clip);
    if (shown.isEmpty()) {
        return;
    }
    const QRectF texels(raster.texels.x() + (shown.x() - whole.x()) * ratio_, raster.texels.y() + (shown.y() - whole.y()) * ratio_,
                        shown.width() * ratio_, shown.height() * ratio_);
    glyphs.push_back({.rect = shown, .texels = texels, .colour = style.colour, .opacity = style.opacity, .fade = style.fade});
}

}  // namespace crystallite
