#include "app/history_curve.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace crystallite {
namespace {

constexpr double kLabelHeight = 16.0;

}  // namespace

HistoryCurve::HistoryCurve(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("History of this slot"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HistoryCurve::setTheme(const Theme& theme) {
    theme_ = theme;
    update();
}

void HistoryCurve::showReport(const SlotReport& report, uint32_t lastFrame, float largestEntropy) {
    moments_ = report.moments;
    frame_ = report.frame;
    lastFrame_ = std::max<uint32_t>(1, lastFrame);
    largestEntropy_ = std::max(largestEntropy, 0.1F);
    setAccessibleDescription(spoken());
    update();
}

QString HistoryCurve::spoken() const {
    if (moments_.empty()) {
        return tr("No measured step.");
    }
    const QLocale locale;
    const SlotMoment& first = moments_.front();
    const SlotMoment& last = moments_.back();
    return tr("Entropy from %1 nats at step %2 to %3 at step %4; best guess from %5 to %6.")
        .arg(locale.toString(double{first.entropy}, 'f', 2))
        .arg(first.step)
        .arg(locale.toString(double{last.entropy}, 'f', 2))
        .arg(last.step)
        .arg(locale.toString(double{first.topProbability}, 'f', 2), locale.toString(double{last.topProbability}, 'f', 2));
}

void HistoryCurve::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.82);
    painter.setFont(small);
    const QRectF plot = QRectF(rect()).adjusted(1, 4, -1, -kLabelHeight - 3);
    painter.setPen(QPen(toQColor(theme_.border), 1.0));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(QPointF(plot.left(), plot.top()), plot.bottomLeft());
    const auto xOf = [&](uint32_t step) { return plot.left() + plot.width() * step / lastFrame_; };
    QPolygonF entropy;
    QPolygonF probability;
    for (const SlotMoment& moment : moments_) {
        entropy << QPointF(xOf(moment.step), plot.bottom() - plot.height() * double{moment.entropy} / double{largestEntropy_});
        probability << QPointF(xOf(moment.step), plot.bottom() - plot.height() * double{moment.topProbability});
    }
    painter.setPen(QPen(toQColor(theme_.text, 0.28F), 1.0));
    painter.drawLine(QPointF(xOf(frame_), plot.top()), QPointF(xOf(frame_), plot.bottom()));
    // Two lines that differ in dash as well as in colour.
    const QPen entropyPen(toQColor(theme_.mutedText), 1.4, Qt::DashLine);
    const QPen probabilityPen(toQColor(theme_.guess), 1.8);
    painter.setPen(entropyPen);
    painter.drawPolyline(entropy);
    painter.setPen(probabilityPen);
    painter.drawPolyline(probability);
    const double keyY = plot.bottom() + kLabelHeight / 2 + 4;
    double x = plot.left();
    for (const auto& [pen, text] :
         {std::pair{entropyPen, tr("entropy, 0–%1 nats").arg(QLocale().toString(double{largestEntropy_}, 'f', 1))},
          std::pair{probabilityPen, tr("best guess, 0–1")}}) {
        painter.setPen(pen);
        painter.drawLine(QPointF(x, keyY), QPointF(x + 16, keyY));
        painter.setPen(toQColor(theme_.mutedText));
        const double width = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(QRectF(x + 21, keyY - 8, width + 4, 16), int(Qt::AlignLeft | Qt::AlignVCenter), text);
        x += width + 36;
    }
}

}  // namespace crystallite
