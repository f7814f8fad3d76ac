#pragma once

#include "app/canvas/glyph_picture.h"
#include "app/canvas/text_shaper.h"

#include <QImage>
#include <QPainterPath>
#include <QRect>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace crystallite {

/// One raster of one glyph.
struct GlyphKey {
    GlyphId id;
    uint16_t halfPixels = 0;  ///< type size in half device pixels
    uint8_t phase = 0;        ///< horizontal position inside a pixel, in quarters
    uint8_t blur = 0;         ///< level 0 (sharp)..kBlurLevels - 1
    friend bool operator==(const GlyphKey&, const GlyphKey&) = default;
};

struct GlyphKeyHash {
    size_t operator()(const GlyphKey& key) const noexcept;
};

struct GlyphRaster {
    QRect texels;   ///< in the atlas; empty for a blank
    QPoint origin;  ///< device pixels from the pen position (whole pixel) to the top left texel
};

/// A raster with what it is of.
struct GlyphPlace {
    GlyphKey key;
    GlyphRaster raster;
};

inline constexpr uint8_t kGlyphPhases = 4;
inline constexpr uint8_t kBlurLevels = 6;
/// Standard deviation of the widest blur, in em. A blurred glyph keeps a sharp core of kCore of its coverage, so that the word can be read
/// however wide its edge has become; the core shrinks from 1 with the level.
inline constexpr float kWidestBlur = 0.065F;
inline constexpr float kCore = 0.40F;

/// The level nearest to `blur` in 0..1 of kWidestBlur.
[[nodiscard]] uint8_t blurLevel(float blur);

/// Coverage masks of glyphs in one alpha image, rasterised on the CPU when first asked for. UI thread.
class GlyphAtlas {
public:
    explicit GlyphAtlas(const TextShaper& shaper);

    [[nodiscard]] const GlyphRaster& raster(const GlyphKey& key);
    /// Format_Alpha8. Grows in height; positions stay until full() forces clear().
    [[nodiscard]] const QImage& image() const { return image_; }
    /// Changes with every new glyph, so that a texture knows when it is stale.
    [[nodiscard]] uint64_t revision() const { return revision_; }
    /// A glyph did not fit since the last clear().
    [[nodiscard]] bool full() const { return full_; }
    void clear();
    /// Whose raster covers this texel. Looks at every glyph: for pictures, not for frames.
    [[nodiscard]] std::optional<GlyphPlace> placeAt(QPoint texel) const;
    /// In device pixels from the pen position; empty for a glyph that a font holds as a picture.
    [[nodiscard]] QPainterPath outline(const GlyphKey& key) const;

private:
    [[nodiscard]] GlyphRaster rasterise(const GlyphKey& key);
    [[nodiscard]] GlyphPicture sharp(const GlyphKey& key) const;
    [[nodiscard]] QPoint reserve(QSize size);

    const TextShaper& shaper_;
    QImage image_;
    std::unordered_map<GlyphKey, GlyphRaster, GlyphKeyHash> rasters_;
    QPoint shelf_;
    int shelfHeight_ = 0;
    uint64_t revision_ = 1;
    bool full_ = false;
};

}  // namespace crystallite
