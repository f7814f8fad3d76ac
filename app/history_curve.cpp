#include "app/history_curve.h"

#include "app/report_line.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr int kPlotHeight = 66;
constexpr float kLeastEntropyAxis = 0.1F;  // nats

QPen entropyPen(const Theme& theme) {
    return {toQColor(theme.mutedText), 1.4, Qt::DashLine};
}

QPen probabilityPen(const Theme& theme) {
    return {toQColor(theme.guess), 1.8};
}

}  // namespace

HistoryCurve::HistoryCurve(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Entropy and best guess of this slot over the steps, measured"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void HistoryCurve::setTheme(const Theme& theme) {
    theme_ = theme;
    update();
}

QFont HistoryCurve::smallFont() const {
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.82);
    return small;
}

QSize HistoryCurve::sizeHint() const {
    // The key takes two lines, so that long words of another language find room.
    return {220, kPlotHeight + 2 * QFontMetrics(smallFont()).height() + 6};
}

QSize HistoryCurve::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

QRectF HistoryCurve::plot() const {
    return QRectF(1, 6, std::max(1, width() - 2), kPlotHeight - 8);
}

double HistoryCurve::xOf(uint32_t frame) const {
    return plot().left() + plot().width() * frame / lastFrame_;
}

uint32_t HistoryCurve::frameAt(double x) const {
    const double frame = std::round((x - plot().left()) / plot().width() * lastFrame_);
    return static_cast<uint32_t>(std::clamp(frame, 0.0, static_cast<double>(lastFrame_)));
}

void HistoryCurve::showReport(const SlotReport& report, uint32_t lastFrame) {
    history_ = report.history;
    frame_ = report.frame;
    lastFrame_ = std::max<uint32_t>(1, lastFrame);
    largestEntropy_ = kLeastEntropyAxis;
    for (const SlotMoment& moment : history_.moments) {
        largestEntropy_ = std::max(largestEntropy_, moment.entropy);
    }
    setAccessibleDescription(spoken());
    update();
}

QString HistoryCurve::spoken() const {
    if (history_.moments.empty()) {
        return tr("No step asked about this slot.");
    }
    const SlotMoment& first = history_.moments.front();
    const SlotMoment& last = history_.moments.back();
    return tr("Entropy from %1 nats at step %2 to %3 at step %4; best guess from %5 to %6.")
        .arg(localNumber(double{first.entropy}))
        .arg(first.step)
        .arg(localNumber(double{last.entropy}))
        .arg(last.step)
        .arg(localNumber(double{first.topProbability}), localNumber(double{last.topProbability}));
}

void HistoryCurve::paintLines(QPainter& painter) const {
    const QRectF area = plot();
    const std::vector<SlotMoment>& moments = history_.moments;
    for (size_t begin = 0, end = 0; begin < moments.size(); begin = end) {
        QPolygonF entropy;
        QPolygonF probability;
        for (end = begin; end < moments.size() && moments[end].step == moments[begin].step + (end - begin); ++end) {
            const double x = xOf(moments[end].step);
            entropy << QPointF(x, area.bottom() - area.height() * double{moments[end].entropy} / double{largestEntropy_});
            probability << QPointF(x, area.bottom() - area.height() * double{moments[end].topProbability});
        }
        // Two lines that differ in dash as well as in colour; a step on its own is a dot.
        for (const auto& [line, pen] : {std::pair{&entropy, entropyPen(theme_)}, std::pair{&probability, probabilityPen(theme_)}}) {
            painter.setPen(pen);
            if (line->size() > 1) {
                painter.drawPolyline(*line);
            } else {
                painter.setBrush(pen.color());
                painter.drawEllipse(line->front(), 1.2, 1.2);
            }
        }
    }
}

void HistoryCurve::paintChanges(QPainter& painter) const {
    const QRectF area = plot();
    painter.setPen(Qt::NoPen);
    for (const SlotChange& change : history_.changes) {
        if (change.kind == SlotChange::Kind::Guess) {
            continue;
        }
        const double x = xOf(change.step);
        const bool isWithdrawn = change.kind == SlotChange::Kind::Remask || change.kind == SlotChange::Kind::Delete;
        painter.setBrush(toQColor(isWithdrawn ? theme_.remasked : theme_.committed));
        // Up for what is withdrawn, down for what is written.
        const double tip = isWithdrawn ? area.top() - 5 : area.top() + 1;
        const double base = isWithdrawn ? area.top() + 1 : area.top() - 5;
        painter.drawPolygon(QPolygonF{QPointF(x - 3.5, base), QPointF(x + 3.5, base), QPointF(x, tip)});
    }
}

void HistoryCurve::paintKey(QPainter& painter) const {
    const double lineHeight = QFontMetrics(smallFont()).height();
    double y = plot().bottom() + 5 + lineHeight / 2;
    for (const auto& [pen, text] : {std::pair{entropyPen(theme_), tr("entropy, 0–%1 nats").arg(localNumber(double{largestEntropy_}, 1))},
                                    std::pair{probabilityPen(theme_), tr("best guess, 0–1")}}) {
        painter.setPen(pen);
        painter.drawLine(QPointF(plot().left(), y), QPointF(plot().left() + 16, y));
        painter.setPen(toQColor(theme_.mutedText));
        const QRectF room(plot().left() + 21, y - lineHeight / 2, width() - 24, lineHeight);
        painter.drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter),
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, int(room.width())));
        y += lineHeight;
    }
}

void HistoryCurve::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont());
    const QRectF area = plot();
    painter.setPen(QPen(toQColor(theme_.border), 1.0));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.drawLine(area.topLeft(), area.bottomLeft());
    painter.setPen(QPen(toQColor(theme_.text, 0.35F), 1.0));
    painter.drawLine(QPointF(xOf(frame_), area.top()), QPointF(xOf(frame_), area.bottom()));
    paintLines(painter);
    paintChanges(painter);
    paintKey(painter);
}

void HistoryCurve::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT stepChosen(frameAt(event->position().x()));
    }
}

void HistoryCurve::mouseMoveEvent(QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) != 0) {
        Q_EMIT stepChosen(frameAt(event->position().x()));
    }
}

}  // namespace crystallite
