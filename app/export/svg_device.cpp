#include "app/export/svg_device.h"

#include <QBuffer>
#include <QHash>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QStringList>

#include <utility>

namespace crystallite {

namespace {

constexpr double kPointsPerInch = 96.0;

QString number(double value) {
    QString text = QString::number(value, 'f', 3);
    while (text.endsWith(QLatin1Char('0'))) {
        text.chop(1);
    }
    return text.endsWith(QLatin1Char('.')) ? text.chopped(1) : text;
}

QString point(const QPainterPath::Element& element) {
    return number(element.x) + QLatin1Char(' ') + number(element.y);
}

QString pathData(const QPainterPath& path) {
    QString data;
    for (int index = 0; index < path.elementCount(); ++index) {
        const QPainterPath::Element element = path.elementAt(index);
        if (element.isMoveTo()) {
            data += QLatin1Char('M') + point(element);
        } else if (element.isLineTo()) {
            data += QLatin1Char('L') + point(element);
        } else {
            data += QLatin1Char('C') + point(element) + QLatin1Char(' ') + point(path.elementAt(index + 1)) + QLatin1Char(' ') +
                    point(path.elementAt(index + 2));
            index += 2;
        }
    }
    return data;
}

QString rule(const QPainterPath& path) {
    return path.fillRule() == Qt::OddEvenFill ? QStringLiteral("evenodd") : QStringLiteral("nonzero");
}

QString matrix(const QTransform& transform) {
    return QStringLiteral("matrix(%1 %2 %3 %4 %5 %6)")
        .arg(number(transform.m11()), number(transform.m12()), number(transform.m21()), number(transform.m22()), number(transform.dx()),
             number(transform.dy()));
}

}  // namespace

/// What a painter does, as elements and definitions.
class SvgEngine : public QPaintEngine {
public:
    SvgEngine()
        : QPaintEngine(PaintEngineFeatures(AllFeatures) & ~PaintEngineFeatures(PerspectiveTransform | ConicalGradientFill | PorterDuff)) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    [[nodiscard]] Type type() const override { return QPaintEngine::SVG; }

    void updateState(const QPaintEngineState& now) override {
        pen_ = now.pen();
        brush_ = now.brush();
        transform_ = now.transform();
        opacity_ = now.opacity();
        clip_.clear();
        const QPainterPath clip = now.painter()->hasClipping() ? now.painter()->clipPath() : QPainterPath();
        if (!clip.isEmpty()) {
            clip_ = define(QStringLiteral("<clipPath id=\"%1\"><path transform=\"") + matrix(transform_) + QStringLiteral("\" d=\"") +
                           pathData(clip) + QStringLiteral("\"/></clipPath>"));
        }
    }

    void drawPath(const QPainterPath& path) override {
        const QString fill = paintOf(brush_, QStringLiteral("fill"));
        const QString stroke = pen_.style() == Qt::NoPen ? QStringLiteral("stroke=\"none\"") : strokeOf(pen_);
        add(QStringLiteral("<path transform=\"%1\" d=\"%2\" fill-rule=\"%3\" %4 %5/>")
                .arg(matrix(transform_), pathData(path), rule(path), fill, stroke));
    }

    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override {
        QPainterPath path(points[0]);
        for (int index = 1; index < count; ++index) {
            path.lineTo(points[index]);
        }
        if (mode == PolylineMode) {
            const QBrush brush = std::exchange(brush_, QBrush(Qt::NoBrush));
            drawPath(path);
            brush_ = brush;
            return;
        }
        path.closeSubpath();
        path.setFillRule(mode == OddEvenMode ? Qt::OddEvenFill : Qt::WindingFill);
        drawPath(path);
    }

    void drawImage(const QRectF& target, const QImage& image, const QRectF& source, Qt::ImageConversionFlags) override {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.copy(source.toAlignedRect()).save(&buffer, "PNG");
        add(QStringLiteral("<image transform=\"%1\" x=\"%2\" y=\"%3\" width=\"%4\" height=\"%5\" preserveAspectRatio=\"none\" "
                           "xlink:href=\"data:image/png;base64,%6\"/>")
                .arg(matrix(transform_), number(target.x()), number(target.y()), number(target.width()), number(target.height()),
                     QString::fromLatin1(bytes.toBase64())));
    }
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override {
        drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
    }

    [[nodiscard]] const QString& definitions() const { return definitions_; }
    [[nodiscard]] const QString& elements() const { return elements_; }

private:
    void add(const QString& element) {
        const QString shown = opacity_ < 1.0 ? QStringLiteral("<g opacity=\"%1\">%2</g>").arg(number(opacity_), element) : element;
        elements_ += clip_.isEmpty() ? shown : QStringLiteral("<g clip-path=\"url(#%1)\">%2</g>").arg(clip_, shown);
        elements_ += QLatin1Char('\n');
    }

    /// `element` with %1 for its id; equal ones are defined once.
    QString define(const QString& element) {
        QString& id = ids_[element];
        if (id.isEmpty()) {
            id = QStringLiteral("d%1").arg(ids_.size());
            definitions_ += QString(element).replace(QStringLiteral("%1"), id) + QLatin1Char('\n');
        }
        return id;
    }

    static QString colour(const QString& property, const QColor& value) {
        QString text = QStringLiteral("%1=\"%2\"").arg(property, value.name());
        if (value.alpha() < 255) {
            text += QStringLiteral(" %1-opacity=\"%2\"").arg(property, number(value.alphaF()));
        }
        return text;
    }

    QString paintOf(const QBrush& brush, const QString& property) {
        if (brush.style() == Qt::NoBrush) {
            return property + QStringLiteral("=\"none\"");
        }
        if (const QGradient* gradient = brush.gradient(); gradient != nullptr && gradient->type() == QGradient::LinearGradient) {
            return QStringLiteral("%1=\"url(#%2)\"").arg(property, define(gradientOf(static_cast<const QLinearGradient&>(*gradient))));
        }
        if (brush.style() == Qt::BDiagPattern) {
            // Qt's pattern: lines of a pixel, eight pixels apart, from the lower left to the upper right.
            return QStringLiteral("%1=\"url(#%2)\"")
                .arg(property, define(QStringLiteral("<pattern id=\"%1\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path "
                                                     "d=\"M-1 1L1 -1M0 8L8 0M7 9L9 7\" stroke-width=\"1\" ") +
                                      colour(QStringLiteral("stroke"), brush.color()) + QStringLiteral("/></pattern>")));
        }
        return colour(property, brush.color());
    }

    static QString gradientOf(const QLinearGradient& gradient) {
        QString element = QStringLiteral("<linearGradient id=\"%1\" gradientUnits=\"userSpaceOnUse\" x1=\"") +
                          number(gradient.start().x()) + QStringLiteral("\" y1=\"") + number(gradient.start().y()) +
                          QStringLiteral("\" x2=\"") + number(gradient.finalStop().x()) + QStringLiteral("\" y2=\"") +
                          number(gradient.finalStop().y()) + QStringLiteral("\">");
        for (const auto& [offset, value] : gradient.stops()) {
            element +=
                QStringLiteral("<stop offset=\"") + number(offset) + QStringLiteral("\" ") +
                colour(QStringLiteral("stop-color"), value).replace(QStringLiteral("stop-color-opacity"), QStringLiteral("stop-opacity")) +
                QStringLiteral("/>");
        }
        return element + QStringLiteral("</linearGradient>");
    }

    QString strokeOf(const QPen& pen) {
        QString text = paintOf(pen.brush(), QStringLiteral("stroke")) +
                       QStringLiteral(" stroke-width=\"%1\"").arg(number(pen.widthF() > 0.0 ? pen.widthF() : 1.0));
        if (pen.style() != Qt::SolidLine) {
            QStringList dashes;
            for (const double dash : pen.dashPattern()) {
                dashes << number(dash * pen.widthF());
            }
            text += QStringLiteral(" stroke-dasharray=\"%1\"").arg(dashes.join(QLatin1Char(' ')));
        }
        return text;
    }

    QPen pen_;
    QBrush brush_;
    QTransform transform_;
    double opacity_ = 1.0;
    QString clip_;
    QHash<QString, QString> ids_;
    QString definitions_;
    QString elements_;
};

SvgDevice::SvgDevice(QSizeF size, const QString& title) : size_(size), title_(title), engine_(std::make_unique<SvgEngine>()) {}

SvgDevice::~SvgDevice() = default;

QPaintEngine* SvgDevice::paintEngine() const {
    return engine_.get();
}

QByteArray SvgDevice::document() const {
    const QString size =
        QStringLiteral("width=\"%1\" height=\"%2\" viewBox=\"0 0 %1 %2\"").arg(number(size_.width()), number(size_.height()));
    return (QStringLiteral("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" ") +
            size + QStringLiteral(">\n<title>") + title_.toHtmlEscaped() + QStringLiteral("</title>\n<defs>\n") + engine_->definitions() +
            QStringLiteral("</defs>\n") + engine_->elements() + QStringLiteral("</svg>\n"))
        .toUtf8();
}

int SvgDevice::metric(PaintDeviceMetric metric) const {
    switch (metric) {
        case PdmWidth: return static_cast<int>(size_.width());
        case PdmHeight: return static_cast<int>(size_.height());
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return static_cast<int>(kPointsPerInch);
        case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
        case PdmDevicePixelRatio: return 1;
        default: return QPaintDevice::metric(metric);
    }
}

}  // namespace crystallite
