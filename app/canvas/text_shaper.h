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
    enum class Source : uint8_t { Font, Symbol, HexByte };
    Source source = Source::Font;
    uint16_t font = 0;   ///< TextShaper::font
    uint32_t index = 0;  ///< glyph index, Symbol, or byte
    friend bool operator==(const GlyphId&, const GlyphId&) = default;
};

struct ShapedGlyph {
    GlyphId id;
    glm::vec2 offset{0.0F};  ///< em, from the start of the baseline, y down
};

struct ShapedText {
    std::vector<ShapedGlyph> glyphs;
    float advance = 0.0F;  ///< em
};

/// Turns what is shown of a token into positioned glyphs, once per token. Shaping, fallback fonts and combining marks are Qt's.
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

    QFont font_;
    std::vector<QRawFont> fonts_;
    std::unordered_map<TokenId, ShapedText> tokens_;
    float capHeight_ = 0.7F;
};

}  // namespace crystallite
