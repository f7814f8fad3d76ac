#include "app/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace crystallite {
namespace {

constexpr int kIconSize = 18;

QPainterPath triangle(double left, double right) {
    QPainterPath path;
    path.moveTo(left, 3.5);
    path.lineTo(right, 9.0);
    path.lineTo(left, 14.5);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double left, double width) {
    QPainterPath path;
    path.addRoundedRect(QRectF(left, 3.5, width, 11.0), 0.6, 0.6);
    return path;
}

/// In a square of kIconSize units.
QPainterPath shapeOf(TransportSymbol symbol) {
    switch (symbol) {
        case TransportSymbol::First: return bar(3.0, 2.0) | triangle(14.5, 6.0);
        case TransportSymbol::StepBack: return triangle(13.0, 4.5);
        case TransportSymbol::Play: return triangle(4.5, 15.0);
        case TransportSymbol::Pause: return bar(4.5, 3.2) | bar(10.3, 3.2);
        case TransportSymbol::StepForward: return triangle(5.0, 13.5);
        case TransportSymbol::Last: return triangle(3.5, 12.0) | bar(13.0, 2.0);
    }
    return {};
}

QPixmap drawn(const QPainterPath& shape, const QColor& colour, int side, int scale) {
    QPixmap pixmap(side * scale, side * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(double(side) / kIconSize, double(side) / kIconSize);
    painter.fillPath(shape, colour);
    return pixmap;
}

}  // namespace

QIcon transportIcon(TransportSymbol symbol, const Theme& theme, int side) {
    const QPainterPath shape = shapeOf(symbol);
    QIcon icon;
    for (const int scale : {1, 2, 3}) {
        icon.addPixmap(drawn(shape, toQColor(theme.text), side, scale), QIcon::Normal);
        icon.addPixmap(drawn(shape, toQColor(theme.masked), side, scale), QIcon::Disabled);
    }
    return icon;
}

QIcon applicationIcon() {
    QIcon icon;
    for (const int size : {48, 128, 256}) {
        icon.addFile(QStringLiteral(":/icons/crystallite-%1.png").arg(size));
    }
    return icon;
}

}  // namespace crystallite
