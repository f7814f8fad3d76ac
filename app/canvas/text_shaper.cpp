#include "app/canvas/text_shaper.h"

#include <QGlyphRun>
#include <QGuiApplication>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <cstddef>

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

bool TextShaper::hasInk(const GlyphId& id) const {
    const QRawFont& font = fonts_[id.font];
    return !font.pathForGlyph(id.index).isEmpty() || !font.boundingRect(id.index).isEmpty();
}

bool TextShaper::appendVisible(ShapedText& shaped, const QString& text) {
    QTextLayout layout(text, font_);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    if (!line.isValid()) {
        return false;
    }
    constexpr float kPerPixel = 1.0F / static_cast<float>(kReferencePixels);
    const size_t before = shaped.glyphs.size();
    bool complete = true;
    for (const QGlyphRun& run : layout.glyphRuns()) {
        const uint16_t font = indexOf(run.rawFont());
        const QList<quint32> indexes = run.glyphIndexes();
        const QList<QPointF> positions = run.positions();
        for (qsizetype i = 0; i < indexes.size(); ++i) {
            const QPointF at = positions[i] - QPointF(0.0, line.ascent());
            complete = complete && indexes[i] != 0;  // 0: the font's sign for a character that it does not have
            shaped.glyphs.push_back({.id = {.source = GlyphId::Source::Font, .font = font, .index = indexes[i]},
                                     .offset = glm::vec2(shaped.advance, 0.0F) +
                                               glm::vec2(static_cast<float>(at.x()), static_cast<float>(at.y())) * kPerPixel});
        }
    }
    const bool inked = std::any_of(shaped.glyphs.begin() + static_cast<std::ptrdiff_t>(before), shaped.glyphs.end(),
                                   [this](const ShapedGlyph& glyph) { return hasInk(glyph.id); });
    if (!complete || !inked) {
        shaped.glyphs.resize(before);
        return false;
    }
    shaped.advance += static_cast<float>(line.horizontalAdvance()) * kPerPixel;
    return true;
}

void TextShaper::appendText(ShapedText& shaped, const QString& text) {
    constexpr char16_t kDottedCircle = 0x25CC;
    const QString whole = !text.isEmpty() && text.front().isMark() ? QChar(kDottedCircle) + text : text;
    if (appendVisible(shaped, whole)) {
        return;
    }
    QTextBoundaryFinder clusters(QTextBoundaryFinder::Grapheme, whole);
    for (qsizetype from = 0, to = clusters.toNextBoundary(); to > from; from = to, to = clusters.toNextBoundary()) {
        appendCluster(shaped, whole.mid(from, to - from));
    }
}

void TextShaper::appendCluster(ShapedText& shaped, const QString& cluster) {
    constexpr float kSpace = 0.28F;  // em; of a text face
    if (cluster == QStringLiteral(" ")) {
        shaped.advance += kSpace;
        return;
    }
    if (appendVisible(shaped, cluster)) {
        return;
    }
    for (const char32_t character : cluster.toUcs4()) {
        const HexBox box = HexBox::ofCharacter(character);
        shaped.glyphs.push_back({.id = GlyphId::of(box), .offset = glm::vec2(shaped.advance, 0.0F)});
        shaped.advance += hexBoxAdvance(box);
    }
}

ShapedText TextShaper::shape(const TokenDisplay& display) {
    ShapedText shaped;
    const auto appendOwn = [&](const GlyphId& id, float advance) {
        shaped.glyphs.push_back({.id = id, .offset = glm::vec2(shaped.advance, 0.0F)});
        shaped.advance += advance;
    };
    for (const DisplayRun& run : display.runs) {
        switch (run.style) {
            case DisplayRun::Style::Text: appendText(shaped, run.text); break;
            case DisplayRun::Style::HexByte:
                appendOwn(GlyphId::of(HexBox::ofByte(run.byte)), hexBoxAdvance(HexBox::ofByte(run.byte)));
                break;
            case DisplayRun::Style::Symbol:
                appendOwn({.source = GlyphId::Source::Symbol, .index = static_cast<uint32_t>(run.symbol)}, symbolAdvance(run.symbol));
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

QFont canvasFont() {
    QFont font = QGuiApplication::font();
    font.setFamilies({QStringLiteral("Inter"), font.family()});
    return font;
}

}  // namespace crystallite
