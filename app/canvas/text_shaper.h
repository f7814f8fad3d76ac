#pragma once

#include "app/canvas/token_display.h"

#include <QFont>
#include <QRawFont>

#include <glm/vec2.hpp>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace crystallite {

/// Which outline a glyph has: of a font (the main one or a fallback), or one of our own.
struct GlyphId {
    enum class Source : uint8_t { Font, Symbol, HexBox };
    Source source = Source::Font;
    uint16_t font = 0;   ///< TextShaper::font
    uint32_t index = 0;  ///< glyph index, Symbol, or packed HexBox
    friend bool operator==(const GlyphId&, const GlyphId&) = default;

    [[nodiscard]] static GlyphId of(HexBox box) { return {.source = Source::HexBox, .index = box.value | box.digits << 24U}; }
    [[nodiscard]] HexBox hexBox() const { return {.value = index & 0xFFFFFFU, .digits = index >> 24U}; }
};

struct ShapedGlyph {
    GlyphId id;
    glm::vec2 offset{0.0F};  ///< em, from the start of the baseline, y down
};

struct ShapedText {
    std::vector<ShapedGlyph> glyphs;
    float advance = 0.0F;  ///< em
};

/// Turns what is shown of a token into positioned glyphs, once per token. Shaping, fallback fonts, combining marks and the order of
/// right-to-left letters inside a token are Qt's. Nothing is invisible: a mark without a letter stands on a dotted circle, and a character
/// that no font has, or that leaves no ink, is a box with its code point.
class TextShaper {
public:
    explicit TextShaper(const QFont& font);

    [[nodiscard]] const ShapedText& shape(const Trace& trace, TokenId id);
    [[nodiscard]] ShapedText shape(const TokenDisplay& display);
    [[nodiscard]] ShapedText shapeString(const QString& text);
    /// Ids mean other bytes in another run.
    void forgetTokens() { tokens_.clear(); }

    /// Outline source of GlyphId::font; pixel size kReferencePixels.
    [[nodiscard]] const QRawFont& font(uint16_t index) const { return fonts_[index]; }
    [[nodiscard]] float capHeight() const { return capHeight_; }  ///< em

    static constexpr int kReferencePixels = 128;

private:
    [[nodiscard]] uint16_t indexOf(const QRawFont& font);
    void appendText(ShapedText& shaped, const QString& text);
    /// False when a glyph is missing or nothing has ink; `shaped` is then as before.
    [[nodiscard]] bool appendVisible(ShapedText& shaped, const QString& text);
    void appendCluster(ShapedText& shaped, const QString& cluster);
    [[nodiscard]] bool hasInk(const GlyphId& id) const;

    QFont font_;
    std::vector<QRawFont> fonts_;
    std::unordered_map<TokenId, ShapedText> tokens_;
    float capHeight_ = 0.7F;
};

/// The face of the canvas: Inter where it is installed, else the desktop's own. Drawn without hinting.
[[nodiscard]] QFont canvasFont();

}  // namespace crystallite
