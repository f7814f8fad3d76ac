#include "app/canvas/text_shaper.h"

#include <QGlyphRun>
#include <QTextLayout>

#include <algorithm>

namespace crystallite {

TextShaper::TextShaper(const QFont& font) : font_(font) {
    font_.setPixelSize(kReferencePixels);
    font_.setHintingPreference(QFont::PreferNoHinting);
    font_.setStyleStrategy(QFont::PreferAntialias);
    const QRawFont main = QRawFont::fromFont(font_);
    fonts_.push_back(main);
    if (main.isValid() && main.capHeight() > 0.0) {
        capHeight_ = static_cast<float>(main.capHeight()) / static_cast<float>(kReferencePixels);
    }
}

uint16_t TextShaper::indexOf(const QRawFont& font) {
    auto found = std::ranges::find(fonts_, font);
    if (found == fonts_.end()) {
        fonts_.push_back(font);
        found = std::prev(fonts_.end());
    }
    return static_cast<uint16_t>(found - fonts_.begin());
}

void TextShaper::appendText(ShapedText& shaped, const QString& text) {
    QTextLayout layout(text, font_);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    if (!line.isValid()) {
        return;
    }
    constexpr float kPerPixel = 1.0F / static_cast<float>(kReferencePixels);
    for (const QGlyphRun& run : layout.glyphRuns()) {
        const uint16_t font = indexOf(run.rawFont());
        const QList<quint32> indexes = run.glyphIndexes();
        const QList<QPointF> positions = run.positions();
        for (qsizetype i = 0; i < indexes.size(); ++i) {
            const QPointF at = positions[i] - QPointF(0.0, line.ascent());
            shaped.glyphs.push_back({.id = {.source = GlyphId::Source::Font, .font = font, .index = indexes[i]},
                                     .offset = glm::vec2(shaped.advance, 0.0F) +
                                               glm::vec2(static_cast<float>(at.x()), static_cast<float>(at.y())) * kPerPixel});
        }
    }
    shaped.advance += static_cast<float>(line.horizontalAdvance()) * kPerPixel;
}

ShapedText TextShaper::shape(const TokenDisplay& display) {
    ShapedText shaped;
    const auto appendOwn = [&](GlyphId::Source source, uint32_t index, float advance) {
        shaped.glyphs.push_back({.id = {.source = source, .index = index}, .offset = glm::vec2(shaped.advance, 0.0F)});
        shaped.advance += advance;
    };
    for (const DisplayRun& run : display.runs) {
        switch (run.style) {
            case DisplayRun::Style::Text: appendText(shaped, run.text); break;
            case DisplayRun::Style::HexByte: appendOwn(GlyphId::Source::HexByte, run.byte, kHexBoxAdvance); break;
            case DisplayRun::Style::Symbol:
                appendOwn(GlyphId::Source::Symbol, static_cast<uint32_t>(run.symbol), symbolAdvance(run.symbol));
                break;
        }
    }
    return shaped;
}

ShapedText TextShaper::shapeString(const QString& text) {
    ShapedText shaped;
    appendText(shaped, text);
    return shaped;
}

const ShapedText& TextShaper::shape(const Trace& trace, TokenId id) {
    const auto found = tokens_.find(id);
    return found != tokens_.end() ? found->second : tokens_.emplace(id, shape(displayToken(trace, id))).first->second;
}

}  // namespace crystallite
