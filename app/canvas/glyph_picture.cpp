#include "app/canvas/glyph_picture.h"

#include <QGlyphRun>
#include <QPainter>

#include <cmath>

namespace crystallite {

QImage engraved(const QImage& picture) {
    QImage coverage(picture.size(), QImage::Format_Alpha8);
    for (int y = 0; y < picture.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        uchar* to = coverage.scanLine(y);
        for (int x = 0; x < picture.width(); ++x) {
            const QRgb straight = qUnpremultiply(from[x]);
            const float light = static_cast<float>(qGray(straight)) / 255.0F;
            const float ink = 1.0F - (1.0F - kLightInk) * light;
            to[x] = static_cast<uchar>(std::lround(static_cast<float>(qAlpha(straight)) * ink));
        }
    }
    return coverage;
}

GlyphPicture pictureOfGlyph(const QRawFont& font, quint32 index) {
    const QRect bounds = font.boundingRect(index).toAlignedRect().adjusted(-1, -1, 1, 1);
    if (font.boundingRect(index).isEmpty()) {
        return {};
    }
    QImage picture(bounds.size(), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QGlyphRun run;
    run.setRawFont(font);
    run.setGlyphIndexes({index});
    run.setPositions({QPointF()});
    QPainter painter(&picture);
    painter.setPen(Qt::black);
    painter.drawGlyphRun(-bounds.topLeft(), run);
    painter.end();
    return {.coverage = engraved(picture), .origin = bounds.topLeft()};
}

}  // namespace crystallite
