#include "app/timeline_popup.h"

#include "app/timeline_preview.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QScreen>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr int kDelayMs = 120;
constexpr int kTextWidth = 320;
constexpr int kPadding = 9;
constexpr int kDistance = 8;  // from the timeline

}  // namespace

TimelinePopup::TimelinePopup(QWidget* parent)
    // A tool tip's kind of window: on top, never active, and without a show event for assistive technology.
    : QWidget(parent, Qt::ToolTip | Qt::FramelessWindowHint | Qt::WindowTransparentForInput) {
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    document_.setDocumentMargin(0);
    delay_.setSingleShot(true);
    delay_.setInterval(kDelayMs);
    connect(&delay_, &QTimer::timeout, this, &QWidget::show);
}

void TimelinePopup::showSoon(const TimelinePreview& preview, int x, const QRect& row) {
    document_.setDefaultFont(font());
    document_.setHtml(previewHtml(preview, toQColor(theme_.mutedText).name(), toQColor(theme_.committed).name()));
    document_.setTextWidth(kTextWidth);
    x_ = x;
    row_ = row;
    place();
    update();
    if (!isVisible() && !delay_.isActive()) {
        delay_.start();
    }
}

void TimelinePopup::dismiss() {
    delay_.stop();
    hide();
}

void TimelinePopup::place() {
    // One width for all steps, so that it does not twitch under a moving pointer.
    const QSize wanted(kTextWidth + 2 * kPadding, static_cast<int>(std::ceil(document_.size().height())) + 2 * kPadding);
    const QRect screen = parentWidget()->screen()->availableGeometry();
    const int left = std::clamp(x_ - wanted.width() / 2, screen.left(), std::max(screen.left(), screen.right() - wanted.width()));
    const int above = row_.top() - kDistance - wanted.height();
    setGeometry(QRect(QPoint(left, above >= screen.top() ? above : row_.bottom() + kDistance), wanted));
}

void TimelinePopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), toQColor(theme_.window));
    painter.setPen(toQColor(theme_.facetEdge));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.translate(kPadding, kPadding);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, toQColor(theme_.text));
    document_.documentLayout()->draw(&painter, context);
}

}  // namespace crystallite
