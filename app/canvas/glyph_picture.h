#pragma once

#include <QImage>
#include <QPoint>
#include <QRawFont>

namespace crystallite {

/// A glyph that a font holds as a picture, without an outline: colour emoji. Empty when there is no ink.
struct GlyphPicture {
    QImage coverage;  ///< Format_Alpha8
    QPoint origin;    ///< pixels from the pen position to the top left texel
};

/// Draws glyph `index` of `font` at the font's pixel size.
[[nodiscard]] GlyphPicture pictureOfGlyph(const QRawFont& font, quint32 index);

/// An engraving of a colour picture, so that the colour of a glyph stays free to say what state its slot is in: what the picture covers is
/// inked, dark parts wholly and light parts to kLightInk. `picture` is Format_ARGB32_Premultiplied.
[[nodiscard]] QImage engraved(const QImage& picture);
inline constexpr float kLightInk = 0.25F;

}  // namespace crystallite
