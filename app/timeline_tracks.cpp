#include "app/timeline_tracks.h"

#include "app/playback.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/timeline_accessible.h"
#include "app/token_text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr double kColumnGap = 1.0;
constexpr double kNarrowColumn = 4.0;  // below this a gap would eat the column
constexpr double kTickWidth = 4.0;
constexpr double kTickGap = 2.0;
constexpr int kToolTipTokens = 12;

uint32_t answerSlotsOf(const Trace& trace) {
    return trace.slots() - trace.promptLength();
}

QRectF inset(const QRectF& cell) {
    return cell.width() < kNarrowColumn ? cell : cell.adjusted(kColumnGap / 2, 0, -kColumnGap / 2, 0);
}

/// Entropy as a share of the most that the vocabulary allows, the fixed scale of a model.
float entropyShare(const Trace& trace, float entropy) {
    const float most = std::log(static_cast<float>(std::max<uint32_t>(2, trace.header().vocabulary)));
    return std::clamp(entropy / most, 0.0F, 1.0F);
}

}  // namespace

TimelineTracks::TimelineTracks(RunDocument& document, Playback& playback, QWidget* parent)
    : QWidget(parent), document_(document), playback_(playback) {
    installTimelineAccessibility();  // before Qt first asks for the interface, which setAccessibleName may make it do
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline"));
    connect(&document_, &RunDocument::traceReset, this, &TimelineTracks::rebuild);
    connect(&document_, &RunDocument::stepAppended, this, &TimelineTracks::appendFrame);
    connect(&document_, &RunDocument::frameChanged, this, &TimelineTracks::moveCursor);
    connect(&document_, &RunDocument::selectionChanged, this, qOverload<>(&QWidget::update));
    connect(&document_, &RunDocument::liveChanged, this, &TimelineTracks::announce);
    connect(&document_, &RunDocument::liveChanged, this, &TimelineTracks::fitColumns);
    connect(&playback_, &Playback::playingChanged, this, &TimelineTracks::announce);
}

void TimelineTracks::setTheme(const Theme& theme) {
    theme_ = theme;
    for (size_t level = 0; level < entropyRamp_.size(); ++level) {
        // The floor keeps an open slot that is all but certain apart from one that holds a token.
        entropyRamp_[level] = mix(theme.window, theme.guess, 0.10F + 0.55F * static_cast<float>(level) / 255.0F).rgb();
    }
    rebuild();
}

TimelineGeometry TimelineTracks::geometryOfTracks() const {
    const Trace& trace = document_.trace();
    return {QSizeF(size()), plannedSteps(trace), document_.isEmpty() ? 0 : answerSlotsOf(trace)};
}

QString TimelineTracks::valueText() const {
    return frameSentence(document_.trace(), document_.frame());
}

void TimelineTracks::seek(uint32_t frame) {
    playback_.seek(frame);
}

void TimelineTracks::rebuild() {
    const TimelineGeometry geometry = geometryOfTracks();
    heatmap_ = QImage(static_cast<int>(geometry.lastFrame + 1), static_cast<int>(geometry.answerSlots), QImage::Format_RGB32);
    for (uint32_t frame = 0; geometry.answerSlots > 0 && frame <= document_.trace().steps(); ++frame) {
        fillHeatmap(frame);
    }
    redrawAll();
}

/// A run that takes as many steps as it needs may end long before the last column that was kept for it.
void TimelineTracks::fitColumns() {
    if (heatmap_.width() != static_cast<int>(geometryOfTracks().lastFrame + 1)) {
        rebuild();
    }
}

void TimelineTracks::redrawAll() {
    const Trace& trace = document_.trace();
    if (size().isEmpty()) {
        tracks_ = QPixmap();  // hidden in Watch; showing it again resizes it
        return;
    }
    const double ratio = devicePixelRatioF();
    tracks_ = QPixmap(size() * ratio);
    tracks_.setDevicePixelRatio(ratio);
    tracks_.fill(toQColor(theme_.panel));
    shownFrame_ = document_.frame();
    const TimelineGeometry geometry = geometryOfTracks();
    QPainter painter(&tracks_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(toQColor(theme_.mutedText));
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.85);
    painter.setFont(small);
    const auto label = [&](const QRectF& track, const QString& text, Qt::Alignment vertical) {
        painter.drawText(QRectF(14, track.top(), kTrackLabelWidth - 18, track.height()), int(Qt::AlignLeft | vertical), text);
    };
    label(geometry.masked, tr("masked"), Qt::AlignVCenter);
    label(geometry.entropy, tr("entropy"), Qt::AlignVCenter);
    label(geometry.commits, tr("commits"), Qt::AlignVCenter);
    label(geometry.heatmap, tr("position\n× step"), Qt::AlignTop);
    if (geometry.answerSlots > 0) {
        for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
            drawFrame(painter, geometry, frame);
        }
    }
    update();
}

void TimelineTracks::appendFrame(uint32_t frame) {
    if (plannedSteps(document_.trace()) == frame && static_cast<int>(frame) >= heatmap_.width()) {
        rebuild();  // more steps than planned: the columns become narrower
        return;
    }
    fillHeatmap(frame);
    if (tracks_.isNull()) {
        return;
    }
    QPainter painter(&tracks_);
    painter.setRenderHint(QPainter::Antialiasing);
    drawFrame(painter, geometryOfTracks(), frame);
    update(updateRect(frame));
}

void TimelineTracks::drawFrame(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame) {
    const Trace& trace = document_.trace();
    const double share = static_cast<double>(trace.canvas(frame).maskedCount()) / geometry.answerSlots;
    QRectF bar = inset(geometry.cell(geometry.masked, frame));
    bar.setTop(bar.bottom() - std::max(1.0, bar.height() * share));
    painter.fillRect(bar, mix(theme_.panel, theme_.masked, 0.75F));
    if (frame > 0) {
        drawEntropy(painter, geometry, frame);
        drawCommits(painter, geometry, frame);
    }
    const QRectF target = inset(geometry.cell(geometry.heatmap, frame));
    const QImage column = heatmap_.copy(static_cast<int>(frame), 0, 1, heatmap_.height());
    // Fewer pixels than slots: average, so that no commit falls between two rows.
    const bool shrinks = target.height() * devicePixelRatioF() < heatmap_.height();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, shrinks);
    painter.drawImage(target, column);
}

void TimelineTracks::drawEntropy(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame) {
    const Trace& trace = document_.trace();
    const auto pointOf = [&](uint32_t step) {
        const QRectF cell = geometry.cell(geometry.entropy, step).adjusted(0, 2, 0, -2);
        const double share = entropyShare(trace, static_cast<float>(meanEntropy(trace.record(step))));
        return QPointF(cell.center().x(), cell.bottom() - share * cell.height());
    };
    const QPointF here = pointOf(frame);
    if (frame > 1) {
        painter.setPen(QPen(toQColor(theme_.guess, 0.45F), 1.0));
        painter.drawLine(pointOf(frame - 1), here);
    }
    if (geometry.columnWidth() >= kNarrowColumn) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(toQColor(theme_.guess));
        painter.drawEllipse(here, 1.7, 1.7);
    }
}

void TimelineTracks::drawCommits(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame) {
    const auto& events = document_.trace().record(frame).events;
    const QRectF cell = inset(geometry.cell(geometry.commits, frame)).adjusted(0, 4, 0, -4);
    const double needed = static_cast<double>(events.size()) * (kTickWidth + kTickGap) - kTickGap;
    if (events.empty()) {
        return;
    }
    if (needed > cell.width()) {
        // No room for one tick each: a bar whose height is the share of the answer that changed.
        const double share = std::min(1.0, static_cast<double>(events.size()) / geometry.answerSlots * 4.0);
        painter.fillRect(QRectF(cell.left(), cell.bottom() - std::max(2.0, cell.height() * share), std::max(1.0, cell.width()),
                                std::max(2.0, cell.height() * share)),
                         toQColor(theme_.committed));
        return;
    }
    double x = cell.center().x() - needed / 2;
    for (const SlotEvent& event : events) {
        painter.fillRect(QRectF(x, cell.top(), kTickWidth, cell.height()),
                         toQColor(event.kind == EventKind::Commit ? theme_.committed : theme_.remasked));
        x += kTickWidth + kTickGap;
    }
}

void TimelineTracks::fillHeatmap(uint32_t frame) {
    const Trace& trace = document_.trace();
    const uint32_t first = trace.promptLength();
    const auto pixel = [this, first, frame](uint32_t position) -> QRgb& {
        return reinterpret_cast<QRgb*>(heatmap_.scanLine(static_cast<int>(position - first)))[frame];
    };
    const QRgb held = toQColor(theme_.window).rgb();
    const QRgb unknown = mix(theme_.window, theme_.masked, 0.25F).rgb();
    for (uint32_t position = first; position < trace.slots(); ++position) {
        pixel(position) = frame == 0 && trace.canvas(0).isMasked(position) ? unknown : held;
    }
    if (frame == 0) {
        return;
    }
    for (uint32_t position = first; position < trace.slots(); ++position) {
        if (const SlotBelief* belief = trace.belief(frame, position, frame)) {
            const float share = entropyShare(trace, belief->entropy);
            pixel(position) = entropyRamp_[static_cast<size_t>(std::lround(share * 255.0F))];
        }
        const auto change = trace.lastChange(position, frame);
        if (change && change->step == frame) {
            pixel(position) = toQColor(change->event.kind == EventKind::Commit ? theme_.committed : theme_.remasked).rgb();
        }
    }
}

QRect TimelineTracks::updateRect(uint32_t frame) const {
    // One column more on the left for the line of the entropy, and room for the cursor's frame.
    const TimelineGeometry geometry = geometryOfTracks();
    return geometry.column(frame).adjusted(-geometry.columnWidth() - 4, -6, 4, 6).toAlignedRect();
}

void TimelineTracks::moveCursor(uint32_t frame) {
    update(updateRect(shownFrame_).united(updateRect(frame)));
    shownFrame_ = frame;
    announce();
}

/// During play there is silence; a pause or a step says where it stands.
void TimelineTracks::announce() {
    if (playback_.isPlaying() || (document_.isLive() && document_.followsLive())) {
        return;
    }
    announceTimelineValue(*this);
}

void TimelineTracks::paintEvent(QPaintEvent* event) {
    if (tracks_.devicePixelRatio() != devicePixelRatioF()) {
        redrawAll();  // the window has moved to a screen of another scale
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double ratio = tracks_.devicePixelRatio();
    const QRect area = event->rect();
    painter.drawPixmap(area, tracks_, QRectF(QPointF(area.topLeft()) * ratio, QSizeF(area.size()) * ratio).toRect());
    if (hasFocus()) {
        painter.setPen(QPen(toQColor(theme_.accent), 2.0));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    if (document_.isEmpty()) {
        painter.setPen(toQColor(theme_.mutedText));
        painter.drawText(geometryOfTracks().columns, int(Qt::AlignCenter), tr("The steps of a run appear here."));
        return;
    }
    const TimelineGeometry geometry = geometryOfTracks();
    drawSelection(painter, geometry);
    const uint32_t last = document_.trace().steps();
    if (document_.frame() < last) {
        QRectF ahead = geometry.column(document_.frame() + 1);
        ahead.setRight(geometry.column(last).right());
        painter.fillRect(ahead, toQColor(theme_.panel, 0.55F));
    }
    drawCursor(painter, geometry);
}

void TimelineTracks::drawSelection(QPainter& painter, const TimelineGeometry& geometry) const {
    const auto slot = document_.selectedSlot();
    if (!slot || *slot < document_.trace().promptLength()) {
        return;
    }
    const QRectF row = geometry.heatmapRow(*slot - document_.trace().promptLength());
    const double y = row.center().y();
    painter.setPen(QPen(toQColor(theme_.focusRing, 0.7F), 1.0, Qt::DotLine));
    painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y));
}

void TimelineTracks::drawCursor(QPainter& painter, const TimelineGeometry& geometry) const {
    if (hovered_ && *hovered_ != document_.frame()) {
        painter.fillRect(geometry.column(*hovered_), toQColor(theme_.text, 0.08F));
    }
    QRectF box = geometry.column(document_.frame());
    if (box.width() < kNarrowColumn) {
        box = QRectF(box.center().x() - kNarrowColumn / 2, box.top(), kNarrowColumn, box.height());
    }
    box.adjust(-0.5, -3.5, 0.5, 3.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(toQColor(hasFocus() ? theme_.accent : theme_.focusRing), 1.6));
    painter.drawRoundedRect(box, 3.0, 3.0);
}

void TimelineTracks::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    redrawAll();
}

void TimelineTracks::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || document_.isEmpty()) {
        return;
    }
    const TimelineGeometry geometry = geometryOfTracks();
    if (const auto slot = geometry.answerSlotAt(event->position().y())) {
        document_.selectSlot(document_.trace().promptLength() + *slot);
    }
    seek(geometry.frameAt(event->position().x()));
}

void TimelineTracks::mouseMoveEvent(QMouseEvent* event) {
    if (document_.isEmpty()) {
        return;
    }
    const uint32_t frame = geometryOfTracks().frameAt(event->position().x());
    if (event->buttons().testFlag(Qt::LeftButton)) {
        seek(frame);
    }
    setHovered(frame);
}

void TimelineTracks::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    setHovered(std::nullopt);
}

void TimelineTracks::wheelEvent(QWheelEvent* event) {
    wheelRest_ += event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    const int steps = wheelRest_ / QWheelEvent::DefaultDeltasPerStep;
    wheelRest_ -= steps * QWheelEvent::DefaultDeltasPerStep;
    if (steps != 0) {
        playback_.stepBy(-steps);
    }
    event->accept();
}

bool TimelineTracks::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !document_.isEmpty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), frameToolTip(geometryOfTracks().frameAt(help->pos().x())), this);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    return QWidget::event(event);
}

void TimelineTracks::setHovered(std::optional<uint32_t> frame) {
    if (frame == hovered_) {
        return;
    }
    for (const auto& changed : {hovered_, frame}) {
        if (changed) {
            update(updateRect(*changed));
        }
    }
    hovered_ = frame;
}

QString TimelineTracks::frameToolTip(uint32_t frame) const {
    const Trace& trace = document_.trace();
    if (frame > trace.steps()) {
        return tr("Step %1: not computed yet").arg(frame);
    }
    QString text = frameSentence(trace, frame);
    if (frame == 0) {
        return text;
    }
    QStringList tokens;
    for (const SlotEvent& event : trace.record(frame).events) {
        if (tokens.size() == kToolTipTokens) {
            tokens << QStringLiteral("…");
            break;
        }
        tokens << tokenLabel(trace, event.after);
    }
    return tokens.isEmpty() ? text : text + QLatin1Char('\n') + tr("In this step: %1").arg(tokens.join(QStringLiteral(" · ")));
}

}  // namespace crystallite
