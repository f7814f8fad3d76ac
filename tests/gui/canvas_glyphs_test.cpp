// Every token leaves ink, whatever its bytes are: scripts of other fonts than the main one, marks, emoji, right-to-left letters, characters
// that no font has, and bytes that are no text.

#include "tests/gui/canvas_pixels_fixture.h"

#include "app/canvas/glyph_atlas.h"
#include "app/canvas/glyph_picture.h"
#include "tests/support/synthetic_trace.h"

#include <QFontDatabase>
#include <QPainter>

#include <algorithm>
#include <string>
#include <vector>

namespace crystallite {
namespace {

using testing::CanvasPixels;
using testing::kFirstScriptedPiece;
using testing::rgb;
using testing::ScriptedRun;
using testing::scriptedTrace;

using GlyphPixels = CanvasPixels;

const std::vector<std::string>& everyKindOfPiece() {
    static const std::vector<std::string> kPieces = {
        " word",
        " na\u00EFve",
        " e\u0301t",            // letter and combining mark
        "\u0301",               // a mark alone
        " \u4F60\u597D",        // Chinese
        "\u3053\u3093",         // kana
        " \uD55C\uAE00",        // Hangul
        " \u0645\u0631\u062D",  // Arabic, right to left and joined
        " \u05E9\u05DC",        // Hebrew
        " \u0E2A\u0E27\u0E31",  // Thai with a mark above
        " \u0928\u092E",        // Devanagari
        " \U0001F600",          // emoji
        " \U0001F468\u200D\U0001F680",
        " \u221A\u2211\u00B2",
        "\uE000",  // private use
        "\U0010FFFD",
        "\u200B",  // zero width space
        "\u00A0",  // no-break space
        "\u00AD",  // soft hyphen
        "\xFF",
        "\xE4\xBD",  // the first two bytes of a Chinese letter
        "\x07",
        "\t",
        "   ",
        " ",
        " a\xC3",
    };
    return kPieces;
}

Trace pieceRun() {
    ScriptedRun run{.length = static_cast<uint32_t>(everyKindOfPiece().size()), .pieces = everyKindOfPiece()};
    run.steps.resize(10);
    for (uint32_t index = 0; index < run.length; ++index) {
        run.steps[0].events.push_back(
            {.kind = EventKind::Commit, .position = 1 + index, .after = kFirstScriptedPiece + index, .probability = 0.1F});
    }
    return scriptedTrace(run);
}

TEST_P(GlyphPixels, EveryTokenLeavesInkInsideItsCell) {
    show(pieceRun(), 10);

    for (uint32_t index = 0; index < everyKindOfPiece().size(); ++index) {
        const QRect slot = canvas_.slotRect(1 + index);
        ASSERT_TRUE(canvas_.rect().contains(slot));
        const auto inked = [&](const QRect& part) {
            int64_t found = 0;
            for (int y = part.top(); y <= part.bottom(); ++y) {
                for (int x = part.left(); x <= part.right(); ++x) {
                    found += qRed(image_.pixel(x, y)) > 140 ? 1 : 0;
                }
            }
            return found;
        };
        const QRect inside = slot.adjusted(3, 4, -3, -4);
        EXPECT_GE(inked(inside), 6) << "piece " << index << " " << everyKindOfPiece()[index];
        EXPECT_EQ(inked(QRect(inside.left(), inside.top(), 2, inside.height())), 0) << "cut at the left: piece " << index;
        EXPECT_EQ(inked(QRect(inside.right() - 1, inside.top(), 2, inside.height())), 0) << "cut at the right: piece " << index;
    }
}

TEST(TextShaper, NothingIsInvisible) {
    TextShaper shaper(canvasFont());
    GlyphAtlas atlas(shaper);
    for (const std::string& piece : everyKindOfPiece()) {
        const ShapedText text = shaper.shape(displayBytes(piece));
        EXPECT_GT(text.advance, 0.1F) << piece;
        EXPECT_TRUE(std::ranges::any_of(text.glyphs, [&](const ShapedGlyph& glyph) {
            return !atlas.raster({.id = glyph.id, .halfPixels = 40}).texels.isEmpty();
        })) << piece;
    }
}

TEST(TextShaper, NamesWhatNoFontHasByItsCodePoint) {
    TextShaper shaper(canvasFont());
    const auto boxes = [&](const char* text) {
        std::vector<uint32_t> found;
        for (const ShapedGlyph& glyph : shaper.shape(displayBytes(text)).glyphs) {
            if (glyph.id.source == GlyphId::Source::HexBox) {
                found.push_back(glyph.id.hexBox().value);
            }
        }
        return found;
    };

    EXPECT_EQ(boxes("a\u0378b"), std::vector<uint32_t>{0x0378});
    EXPECT_EQ(boxes("\U0010FFFD"), std::vector<uint32_t>{0x10FFFD});
    EXPECT_EQ(boxes("\u200B"), std::vector<uint32_t>{0x200B});
    EXPECT_EQ(boxes("\xFF"), std::vector<uint32_t>{0xFF});
    EXPECT_TRUE(boxes("word").empty());
    EXPECT_TRUE(boxes("two words").empty()) << "a gap between letters shows itself";
}

TEST(TextShaper, PutsAMarkWithoutALetterOnADottedCircle) {
    TextShaper shaper(canvasFont());

    EXPECT_GT(shaper.shape(displayBytes("\u0301")).advance, 0.3F);
}

TEST(TextShaper, SetsRightToLeftLettersFromRightToLeft) {
    TextShaper shaper(canvasFont());
    const ShapedText first = shaper.shape(displayBytes("\u05E9"));
    const ShapedText both = shaper.shape(displayBytes("\u05E9\u05DC"));
    ASSERT_EQ(both.glyphs.size(), 2U);
    if (first.glyphs.front().id.source != GlyphId::Source::Font) {
        GTEST_SKIP() << "no font with Hebrew letters";
    }

    const auto shin = std::ranges::find(both.glyphs, first.glyphs.front().id, &ShapedGlyph::id);
    ASSERT_NE(shin, both.glyphs.end());
    const ShapedGlyph& other = shin == both.glyphs.begin() ? both.glyphs[1] : both.glyphs[0];
    EXPECT_GT(shin->offset.x, other.offset.x) << "the first letter stands at the right";
    for (const ShapedGlyph& glyph : both.glyphs) {
        EXPECT_GE(glyph.offset.x, -0.1F);
        EXPECT_LT(glyph.offset.x, both.advance);
    }
}

TEST(HexBox, HoldsAllItsDigits) {
    for (const HexBox box : {HexBox::ofByte(0x07), HexBox::ofCharacter(U'\u0378'), HexBox::ofCharacter(U'\U0010FFFD')}) {
        const QRectF bounds = hexBoxPath(box).boundingRect();
        EXPECT_GE(bounds.left(), 0.0);
        EXPECT_LE(bounds.right(), static_cast<double>(hexBoxAdvance(box)));
    }
    EXPECT_EQ(GlyphId::of(HexBox::ofCharacter(U'\U0010FFFD')).hexBox().value, 0x10FFFDU);
    EXPECT_EQ(GlyphId::of(HexBox::ofCharacter(U'\U0010FFFD')).hexBox().digits, 6U);
}

TEST(GlyphPicture, EngravesColourSoThatBothDarkAndLightPartsShow) {
    QImage picture(4, 1, QImage::Format_ARGB32_Premultiplied);
    picture.setPixelColor(0, 0, Qt::transparent);
    picture.setPixelColor(1, 0, Qt::white);
    picture.setPixelColor(2, 0, Qt::black);
    picture.setPixelColor(3, 0, QColor(0, 0, 0, 128));

    const QImage coverage = engraved(picture);
    const uchar* line = coverage.constScanLine(0);
    EXPECT_EQ(line[0], 0);
    EXPECT_NEAR(line[1], 255.0F * kLightInk, 1.0F);
    EXPECT_EQ(line[2], 255);
    EXPECT_NEAR(line[3], 128, 1);
}

TEST(GlyphPicture, DrawsWhatTheFontDraws) {
    QRawFont font = QRawFont::fromFont(canvasFont());
    font.setPixelSize(40.0);
    const quint32 letter = font.glyphIndexesForString(QStringLiteral("H")).front();
    const GlyphPicture picture = pictureOfGlyph(font, letter);
    const QRectF bounds = font.boundingRect(letter);

    ASSERT_FALSE(picture.coverage.isNull());
    int64_t ink = 0;
    for (int y = 0; y < picture.coverage.height(); ++y) {
        for (int x = 0; x < picture.coverage.width(); ++x) {
            ink += picture.coverage.constScanLine(y)[x];
        }
    }
    EXPECT_GT(static_cast<double>(ink) / 255.0, 0.2 * bounds.width() * bounds.height());
    EXPECT_TRUE(pictureOfGlyph(font, font.glyphIndexesForString(QStringLiteral(" ")).front()).coverage.isNull());
}

INSTANTIATE_TEST_SUITE_P(Renderers, GlyphPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
