#include "app/canvas/core_sample/core_overlay.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/oklab.h"
#include "app/run_document.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QLinearGradient>
#include <QLocale>
#include <QPainter>
#include <QRegion>

#include <algorithm>
#include <cmath>
#include <vector>

namespace crystallite {

namespace {

constexpr int kFontPixels = 11;
constexpr double kTick = 5.0;
constexpr double kLabelAway = 15.0;
constexpr double kLabelApart = 52.0;  // between the middles of two labels
constexpr double kLeastApart = 9.0;   // between two ticks
constexpr double kAwayFromBlock = 10.0;
constexpr double kSwatchWidth = 34.0;
constexpr double kRowHeight = 17.0;
constexpr double kPadding = 9.0;
constexpr double kMargin = 12.0;
constexpr float kManyFaces = 4.0F;  // an open prism is seen through others of its kind: its swatch is as dense as a few of them

QString translated(const char* text) {
    return QCoreApplication::translate("crystallite::CoreOverlay", text);
}

/// Time along the lower edge of the block on the side of the eye (the upper one, seen from below).
class Axis {
public:
    Axis(QPainter& painter, CanvasView& view)
        : painter_(painter),
          theme_(view.theme()),
          run_(*view.document()),
          viewport_(view.viewport()),
          space_(view.core()->space()),
          projection_(view.core()->projection()) {
        const glm::vec3 half = space_.half();
        const glm::vec3& eye = projection_.eye();
        x_ = (half.x + static_cast<float>(kAwayFromBlock)) * (eye.x < 0.0F ? -1.0F : 1.0F);
        y_ = (half.y + static_cast<float>(kAwayFromBlock)) * (eye.y < 0.0F ? 1.0F : -1.0F);
        visible_ = projection_.toHomogeneous({x_, y_, -half.z}).z > 1.0F && projection_.toHomogeneous({x_, y_, half.z}).z > 1.0F;
    }

    void paint() {
        if (!visible_) {
            return;
        }
        const QPointF first = at(0.0F);
        const QPointF last = at(space_.planes - 1.0F);
        const QPointF along = last - first;
        const double length = std::hypot(along.x(), along.y());
        if (length < 1.0) {
            return;
        }
        outward_ = QPointF(-along.y(), along.x()) / length;
        const QPointF fromMiddle = (first + last) / 2.0 - projection_.toViewport(glm::vec3(0.0F));
        if (QPointF::dotProduct(outward_, fromMiddle) < 0.0) {
            outward_ = -outward_;
        }
        painter_.setPen(QPen(toQColor(theme_.mutedText, 0.7F), 1.0));
        painter_.drawLine(first, last);
        paintTicks(length);
        const uint32_t end = static_cast<uint32_t>(space_.planes) - 1;
        label(run_.frame(), true);
        label(end, false);
        label(0, false);
    }

    /// Where words stand.
    [[nodiscard]] const QRegion& written() const { return written_; }

private:
    [[nodiscard]] QPointF at(float frame) const { return projection_.toViewport({x_, y_, space_.depthOf(frame + 0.5F)}); }

    void paintTicks(double length) {
        const auto end = static_cast<uint32_t>(space_.planes) - 1;
        uint32_t every = 1;
        // 1, 2, 5, 10, 20, 50, …
        for (uint32_t i = 0; length / std::max(end, 1U) * every < kLeastApart; ++i) {
            every = i % 3 == 1 ? every / 2 * 5 : every * 2;
        }
        for (uint32_t frame = 0; frame <= end; frame += every) {
            const QPointF point = at(static_cast<float>(frame));
            painter_.drawLine(point, point + outward_ * kTick);
        }
    }

    void label(uint32_t frame, bool lit) {
        const QPointF point = at(static_cast<float>(frame));
        const bool crowded = std::ranges::any_of(
            labels_, [&](const QPointF& other) { return std::hypot(other.x() - point.x(), other.y() - point.y()) < kLabelApart; });
        if (crowded) {
            return;
        }
        labels_.push_back(point);
        QFont font = painter_.font();
        font.setBold(lit);
        painter_.save();
        painter_.setFont(font);
        painter_.setPen(QPen(toQColor(lit ? theme_.text : theme_.mutedText), lit ? 2.0 : 1.0));
        painter_.drawLine(point, point + outward_ * (kTick + 2.0));
        const QString text = frame == 0 ? translated("start") : translated("step %1").arg(QLocale().toString(frame));
        const QSizeF size = QFontMetricsF(font).size(Qt::TextSingleLine, text);
        const double reach = std::abs(outward_.x()) * size.width() / 2.0;
        const QPointF centre = point + outward_ * (kLabelAway + reach);
        QRectF box(centre - QPointF(size.width() / 2.0, size.height() / 2.0), size);
        // At the edge a label gives way along it, and is not cut.
        box.moveLeft(std::clamp(box.left(), kMargin, std::max(viewport_.width() - kMargin - size.width(), kMargin)));
        box.moveTop(std::clamp(box.top(), kMargin, std::max(viewport_.height() - kMargin - size.height(), kMargin)));
        written_ |= box.toAlignedRect();
        painter_.drawText(box, Qt::AlignCenter | Qt::TextDontClip, text);
        painter_.restore();
    }

    QPainter& painter_;
    const Theme& theme_;
    const RunDocument& run_;
    QSizeF viewport_;
    CoreSpace space_;
    CoreProjection projection_;
    float x_ = 0.0F;
    float y_ = 0.0F;
    bool visible_ = false;
    QPointF outward_;
    std::vector<QPointF> labels_;
    QRegion written_;
};

/// One line of the legend: what it looks like, what it means, and whether it was measured or is derived.
struct LegendRow {
    CoreInk from;
    CoreInk to;  ///< of a ramp; the same otherwise
    QString text;
};

std::vector<LegendRow> legendOf(CanvasView& view) {
    const CoreBlock& block = view.core()->block();
    const Theme& theme = view.theme();
    std::vector<LegendRow> rows;
    const auto add = [&](TileKind kind, bool end, const QString& text) {
        const CoreInk ink = coreInkOf({.kind = kind, .end = end}, 0.0F, theme);
        rows.push_back({.from = ink, .to = ink, .text = text});
    };
    if (block.holds(TileKind::Open)) {
        CoreInk clear = coreInkOf({.kind = TileKind::Open}, 0.0F, theme);
        CoreInk dense = coreInkOf({.kind = TileKind::Open}, 1.0F, theme);
        clear.opacity *= kManyFaces;
        dense.opacity *= kManyFaces;
        const double top = static_cast<double>(greatestEntropy(view.document()->trace().header().vocabulary, view.visualSettings()));
        rows.push_back(
            {.from = clear, .to = dense, .text = translated("open: entropy 0 to %1 nats (measured)").arg(QLocale().toString(top, 'f', 1))});
    }
    if (block.holds(TileKind::Held) || block.holds(TileKind::Committed)) {
        add(TileKind::Held, false, translated("holds a token (measured)"));
    }
    if (block.holds(TileKind::Committed)) {
        add(TileKind::Committed, false, translated("committed in that step (measured)"));
    }
    if (block.holds(TileKind::Revised)) {
        add(TileKind::Revised, false, translated("remasked or edited in that step (measured)"));
    }
    if (block.holdsEnd()) {
        add(TileKind::Held, true, translated("end of text (measured)"));
    }
    if (block.holds(TileKind::Given)) {
        add(TileKind::Given, false, translated("given: prompt or pinned (measured)"));
    }
    return rows;
}

void paintSwatch(QPainter& painter, const QRectF& rect, const LegendRow& row) {
    QLinearGradient ramp(rect.topLeft(), rect.topRight());
    ramp.setColorAt(0.0, toQColor(row.from.colour, std::min(row.from.opacity, 1.0F)));
    ramp.setColorAt(1.0, toQColor(row.to.colour, std::min(row.to.opacity, 1.0F)));
    painter.fillRect(rect, ramp);
    if (row.from.pattern == CorePattern::Hatched) {
        painter.fillRect(rect, QBrush(Qt::black, Qt::BDiagPattern));
    }
    QPen pen(toQColor(row.from.edge, std::max(row.from.edgeOpacity, 0.4F)), 1.0);
    pen.setStyle(row.from.pattern == CorePattern::Dotted ? Qt::DotLine : Qt::SolidLine);
    painter.setPen(pen);
    painter.drawRect(rect);
}

/// The first corner that is free of words; the axis of a steep block reaches into some of them.
QRectF freeCorner(const QSizeF& size, const QSizeF& viewport, const QRegion& written) {
    const double right = viewport.width() - kMargin - size.width();
    const double foot = viewport.height() - kMargin - size.height();
    for (const QPointF& corner : {QPointF(kMargin, foot), QPointF(kMargin, kMargin), QPointF(right, kMargin), QPointF(right, foot)}) {
        if (!written.intersects(QRectF(corner, size).toAlignedRect())) {
            return {corner, size};
        }
    }
    return {};
}

void paintLegend(QPainter& painter, CanvasView& view, const QRegion& written) {
    const std::vector<LegendRow> rows = legendOf(view);
    const QFontMetricsF metrics(painter.font());
    double width = 0.0;
    for (const LegendRow& row : rows) {
        width = std::max(width, metrics.horizontalAdvance(row.text));
    }
    const QSizeF size(width + kSwatchWidth + 3.0 * kPadding, static_cast<double>(rows.size()) * kRowHeight + 2.0 * kPadding);
    if (rows.empty() || size.width() > 0.6 * view.viewport().width() || size.height() > 0.4 * view.viewport().height()) {
        return;  // the block needs the room; the same words are in the inspector
    }
    const QRectF box = freeCorner(size, view.viewport(), written);
    if (box.isEmpty()) {
        return;
    }
    painter.setPen(QPen(toQColor(view.theme().border), 1.0));
    painter.setBrush(toQColor(view.theme().panel, 0.78F));
    painter.drawRoundedRect(box, 6.0, 6.0);
    painter.setBrush(Qt::NoBrush);
    double y = box.top() + kPadding;
    for (const LegendRow& row : rows) {
        paintSwatch(painter, QRectF(box.left() + kPadding, y + 3.5, kSwatchWidth, kRowHeight - 7.0), row);
        painter.setPen(toQColor(view.theme().mutedText));
        painter.drawText(QRectF(box.left() + 2.0 * kPadding + kSwatchWidth, y, width + 1.0, kRowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         row.text);
        y += kRowHeight;
    }
}

}  // namespace

void paintCoreOverlay(QPainter& painter, CanvasView& view) {
    if (view.core() == nullptr || view.isEmpty()) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = QGuiApplication::font();
    font.setPixelSize(kFontPixels);
    painter.setFont(font);
    Axis axis(painter, view);
    axis.paint();
    paintLegend(painter, view, axis.written());
    painter.restore();
}

}  // namespace crystallite
