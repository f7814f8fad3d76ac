#include "app/canvas/symbols.h"

#include <QFont>
#include <QPainterPathStroker>
#include <QTransform>

#include <algorithm>
#include <initializer_list>

namespace crystallite {

namespace {

constexpr double kStroke = 0.075;  // em; near the stem of a text face at regular weight

QPainterPath stroked(const QPainterPath& path, double width = kStroke) {
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setCurveThreshold(0.005);  // paths are in em, where the default of 0.25 is a quarter of a letter
    return stroker.createStroke(path).simplified();
}

QPainterPath polyline(std::initializer_list<QPointF> points) {
    QPainterPath path;
    path.moveTo(*points.begin());
    for (const QPointF& point : points) {
        path.lineTo(point);
    }
    return path;
}

/// A six-sided seed: the shape that a crystal starts from.
QPainterPath maskMark() {
    QPainterPath path = polyline({{0.30, -0.54}, {0.47, -0.445}, {0.47, -0.255}, {0.30, -0.16}, {0.13, -0.255}, {0.13, -0.445}});
    path.closeSubpath();
    return stroked(path, 0.05);
}

/// A square inside a square: a frozen end.
QPainterPath endOfText() {
    QPainterPath path;
    path.addRect(0.08, -0.60, 0.50, 0.50);
    path = stroked(path, 0.055);
    path.addRect(0.23, -0.45, 0.20, 0.20);
    return path;
}

QPainterPath newline() {
    QPainterPath path = polyline({{0.72, -0.62}, {0.72, -0.26}, {0.14, -0.26}});
    path.addPath(polyline({{0.32, -0.44}, {0.14, -0.26}, {0.32, -0.08}}));
    return stroked(path);
}

QPainterPath tab() {
    QPainterPath path = polyline({{0.08, -0.35}, {0.66, -0.35}});
    path.addPath(polyline({{0.48, -0.53}, {0.66, -0.35}, {0.48, -0.17}}));
    path.addPath(polyline({{0.78, -0.56}, {0.78, -0.14}}));
    return stroked(path);
}

QPainterPath space() {
    return stroked(polyline({{0.08, -0.16}, {0.08, 0.0}, {0.52, 0.0}, {0.52, -0.16}}));
}

QPainterPath lock() {
    QPainterPath shackle;
    shackle.moveTo(0.16, -0.38);
    shackle.lineTo(0.16, -0.50);
    shackle.arcTo(QRectF(0.16, -0.66, 0.28, 0.32), 180, -180);
    shackle.lineTo(0.44, -0.38);
    QPainterPath path = stroked(shackle, 0.08);
    QPainterPath body;
    body.addRoundedRect(QRectF(0.08, -0.40, 0.44, 0.38), 0.06, 0.06);
    return path.united(body);
}

/// A pencil that writes towards the lower left.
QPainterPath hand() {
    QPainterPath path = polyline({{0.10, 0.02}, {0.16, -0.22}, {0.50, -0.56}, {0.68, -0.38}, {0.34, -0.04}});
    path.closeSubpath();
    path = stroked(path, 0.07);
    QPainterPath tip = polyline({{0.10, 0.02}, {0.16, -0.22}, {0.34, -0.04}});
    tip.closeSubpath();
    return path.united(tip);
}

QPainterPath crack() {
    return stroked(polyline({{0.62, -0.92}, {0.40, -0.62}, {0.56, -0.50}, {0.22, -0.14}, {0.36, -0.02}, {0.16, 0.22}}), 0.06);
}

}  // namespace

QPainterPath symbolPath(Symbol symbol) {
    switch (symbol) {
        case Symbol::MaskMark: return maskMark();
        case Symbol::EndOfText: return endOfText();
        case Symbol::Newline: return newline();
        case Symbol::Tab: return tab();
        case Symbol::Space: return space();
        case Symbol::Lock: return lock();
        case Symbol::Crack: return crack();
        case Symbol::Hand: return hand();
    }
    return {};
}

float symbolAdvance(Symbol symbol) {
    switch (symbol) {
        case Symbol::MaskMark:
        case Symbol::Space:
        case Symbol::Lock: return 0.60F;
        case Symbol::EndOfText: return 0.66F;
        case Symbol::Newline:
        case Symbol::Tab: return 0.86F;
        case Symbol::Crack:
        case Symbol::Hand: return 0.78F;
    }
    return 0.0F;
}

namespace {

/// Digits on one line around `centre`, `width` wide at the scale of `font`'s digits.
QPainterPath digitsAround(QPointF centre, double width, const QString& digits) {
    // Laid out large and scaled down: font engines round outlines of a face of one pixel.
    QFont font;
    font.setPixelSize(100);
    font.setHintingPreference(QFont::PreferNoHinting);
    QPainterPath path;
    path.addText(0.0, 0.0, font, digits);
    path.setFillRule(Qt::WindingFill);
    const QRectF bounds = path.boundingRect();
    const double scale = width / std::max(bounds.width(), 1.0);
    return QTransform::fromTranslate(centre.x(), centre.y())
        .scale(scale, scale)
        .translate(-bounds.center().x(), -bounds.center().y())
        .map(path);
}

}  // namespace

float hexBoxAdvance(HexBox box) {
    return box.digits > 4 ? 1.10F : 0.86F;
}

QPainterPath hexBoxPath(HexBox box) {
    const double width = static_cast<double>(hexBoxAdvance(box)) - 0.08;
    QPainterPath frame;
    frame.addRoundedRect(QRectF(0.04, -0.72, width, 0.84), 0.08, 0.08);
    QPainterPath path = stroked(frame, 0.045);
    const QString digits = QStringLiteral("%1").arg(box.value, static_cast<int>(box.digits), 16, QLatin1Char('0')).toUpper();
    const double middle = 0.04 + width / 2.0;
    if (box.digits == 2) {
        path.addPath(digitsAround({middle, -0.30}, 0.58, digits));
    } else {
        const qsizetype half = digits.size() / 2;
        path.addPath(digitsAround({middle, -0.49}, 0.22 * static_cast<double>(half), digits.left(half)));
        path.addPath(digitsAround({middle, -0.11}, 0.22 * static_cast<double>(half), digits.mid(half)));
    }
    return path;
}

}  // namespace crystallite
