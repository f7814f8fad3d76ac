#include "app/timeline_tracks.h"

#include "app/disclosure.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/timeline_accessible.h"
#include "app/timeline_labels.h"
#include "app/timeline_marks.h"
#include "app/timeline_popup.h"
#include "app/timeline_preview.h"
#include "app/timeline_ruler.h"
#include "app/token_text.h"
#include "engine/trace/block_grid.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QResizeEvent>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

constexpr double kKeyZoom = 1.6;
constexpr double kGutter = 8.0;  // between the names and the columns, for what points at rows

bool hasBlocks(const Trace& trace) {
    return trace.slots() > 0 && BlockGrid(trace.header().settings, trace.promptLength()).count() > 1;
}

double lineHeightOf(const QFont& font) {
    return QFontMetricsF(timelineFont(font)).height();
}

}  // namespace

TimelineTracks::TimelineTracks(RunDocument& document, Playback& playback, QWidget* parent)
    : QWidget(parent), document_(document), playback_(playback), popup_(new TimelinePopup(this)) {
    installTimelineAccessibility();  // before Qt first asks for the interface, which setAccessibleName may make it do
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    fold_ = new Disclosure(trackLabel(Track::Heatmap, {}), nullptr, this);
    fold_->setAccessibleName(tr("Heatmap, position by step"));
    fold_->setToolTip(trackHelp(Track::Heatmap, {}));
    fold_->setChecked(true);
    connect(fold_, &Disclosure::toggled, this, [this](bool open) { setHeatmapFolded(!open); });
    connectDocument();
    rebuild();
}

void TimelineTracks::connectDocument() {
    connect(&document_, &RunDocument::traceReset, this, &TimelineTracks::rebuild);
    connect(&document_, &RunDocument::stepsTold, this, &TimelineTracks::appendFrames);
    connect(&document_, &RunDocument::frameChanged, this, &TimelineTracks::moveCursor);
    for (const auto signal : {&RunDocument::selectionChanged, &RunDocument::hoverChanged}) {
        connect(&document_, signal, this, [this] { update(columnsRect(window_.first(), window_.last())); });
    }
    connect(&document_.marks(), &RunMarks::changed, this, qOverload<>(&QWidget::update));
    connect(&document_, &RunDocument::liveChanged, this, &TimelineTracks::announce);
    connect(&document_, &RunDocument::liveChanged, this, &TimelineTracks::fitFrames);
    connect(&playback_, &Playback::playingChanged, this, &TimelineTracks::announce);
}

void TimelineTracks::setTheme(const Theme& theme) {
    layer_.setTheme(theme);
    popup_->setTheme(theme);
    redraw();
}

TimelineGeometry TimelineTracks::geometryOfTracks() const {
    const Trace& trace = document_.trace();
    return TimelineGeometry({.size = QSizeF(size()),
                             .window = window_,
                             .answerSlots = trace.slots() - trace.promptLength(),
                             .hasBlocks = hasBlocks(trace),
                             .foldsHeatmap = folded_,
                             .lineHeight = lineHeightOf(font()),
                             .pixelRatio = devicePixelRatioF()});
}

QString TimelineTracks::valueText() const {
    return spokenFrame(document_.trace(), document_.frame());
}

void TimelineTracks::seek(uint32_t frame) {
    playback_.seek(frame);
}

void TimelineTracks::setHeatmapFolded(bool folded) {
    if (folded == folded_) {
        return;
    }
    folded_ = folded;
    fold_->setChecked(!folded);
    refreshHeight();
    redraw();
    Q_EMIT heatmapFoldedChanged(folded);
}

void TimelineTracks::refreshHeight() {
    const double folded = TimelineGeometry::foldedHeight(lineHeightOf(font()), hasBlocks(document_.trace()));
    setMaximumHeight(folded_ ? static_cast<int>(std::ceil(folded)) : QWIDGETSIZE_MAX);
    Q_EMIT maximumHeightChanged();
}

void TimelineTracks::zoomIn() {
    zoomByKey(kKeyZoom);
}

void TimelineTracks::zoomOut() {
    zoomByKey(1.0 / kKeyZoom);
}

void TimelineTracks::showWholeRun() {
    setWindow(window_.whole());
}

void TimelineTracks::toggleBlock(uint32_t frame) {
    const std::optional<BlockSpan> block = layer_.series().blockAt(frame);
    if (!block) {
        return;
    }
    const TimeWindow wanted = window_.over(block->first, block->last);
    if (window_ == wanted) {
        setWindow(beforeBlock_.value_or(window_.whole()).withFrames(window_.frames()));
        beforeBlock_.reset();
    } else {
        beforeBlock_ = window_;
        setWindow(wanted);
    }
}

void TimelineTracks::setWindow(const TimeWindow& window) {
    if (window != window_) {
        window_ = window;
        redraw();
        Q_EMIT timeWindowChanged();
    }
}

void TimelineTracks::redraw() {
    stale_ = true;
    fold_->setFont(timelineFont(font()));
    const TimelineGeometry geometry = geometryOfTracks();
    const QRectF& heatmap = geometry.track(Track::Heatmap);
    fold_->setVisible(!document_.isEmpty() && !heatmap.isEmpty());
    fold_->setText(geometry.labelsHaveValues() ? trackLabel(Track::Heatmap, {}) : tr("heatmap"));
    const int width = static_cast<int>(heatmap.left() - kTimelineMargin - kGutter);
    fold_->setGeometry(static_cast<int>(kTimelineMargin) - 4, static_cast<int>(heatmap.top()) - 3, width,
                       static_cast<int>(lineHeightOf(font())) + 6);
    update();
}

void TimelineTracks::rebuild() {
    leave();
    beforeBlock_.reset();
    layer_.reset(document_.trace());
    shownFrame_ = document_.frame();
    window_ = TimeWindow(plannedSteps(document_.trace()) + 1);
    refreshHeight();
    redraw();
    Q_EMIT timeWindowChanged();
}

/// A policy that takes as many steps as it needs may end long before the last column that was kept for it, or take more.
void TimelineTracks::fitFrames() {
    setWindow(window_.withFrames(plannedSteps(document_.trace()) + 1));
}

void TimelineTracks::appendFrames(uint32_t first, uint32_t last) {
    for (uint32_t frame = first; frame <= last; ++frame) {
        if (!layer_.append(document_.trace())) {
            redraw();
        }
    }
    fitFrames();
    if (stale_) {
        return;
    }
    const TimelineGeometry geometry = geometryOfTracks();
    layer_.drawNewest(geometry, first);
    update(columnsRect(first, last));
    if (hoveredFrame_ && first <= *hoveredFrame_ && *hoveredFrame_ <= last) {
        showPreview(*hoveredFrame_);  // it was only planned when the pointer came
    }
    for (const BlockSpan& block : layer_.series().blocks()) {
        if (block.last >= first && geometry.shows(Track::Blocks)) {
            QRect band = columnsRect(block.first, block.last);
            band.setBottom(static_cast<int>(geometry.track(Track::Blocks).bottom()));
            update(band);
        }
    }
}

QRect TimelineTracks::columnsRect(uint32_t first, uint32_t last) const {
    // One column more on the left for the line of the entropy, and room for what surrounds the cursor.
    const TimelineGeometry geometry = geometryOfTracks();
    const double left = geometry.edge(first) - geometry.columnWidth() - kCursorReach;
    const double right = geometry.edge(last + 1) + kCursorReach;
    return QRectF(QPointF(left, 0), QPointF(right, height())).toAlignedRect().intersected(rect());
}

/// Paints what the move has changed: the columns between the two places, which become brighter or dimmer, and the values beside the names.
void TimelineTracks::moveCursor(uint32_t frame) {
    if (!window_.shows(frame)) {
        setWindow(window_.following(frame));
    }
    if (!stale_) {
        update(columnsRect(std::min(shownFrame_, frame), std::max(shownFrame_, frame)));
        update(QRect(0, 0, static_cast<int>(geometryOfTracks().columns().left()), height()));
        update(geometryOfTracks().overview().adjusted(0, -2, 0, 2).toAlignedRect());
    }
    shownFrame_ = frame;
    announce();
}

/// During play there is silence; a pause or a step says where it stands, once for all that happens in one turn of the event loop.
void TimelineTracks::announce() {
    if (announces_) {
        return;
    }
    announces_ = true;
    QTimer::singleShot(0, this, [this] {
        announces_ = false;
        if (!playback_.isPlaying() && !(document_.isLive() && document_.followsLive())) {
            announceTimelineValue(*this);
            Q_EMIT announced();
        }
    });
}

std::optional<uint32_t> TimelineTracks::rowOf(std::optional<uint32_t> position) const {
    const uint32_t first = document_.trace().promptLength();
    return position && *position >= first ? std::optional(*position - first) : std::nullopt;
}

TimelineCursor TimelineTracks::cursorNow() const {
    return {.frame = document_.frame(),
            .lastFrame = document_.trace().steps(),
            .hoveredFrame = hoveredFrame_,
            .selectedSlot = rowOf(document_.selectedSlot()),
            .hoveredSlot = rowOf(document_.hoveredSlot()),
            .hasFocus = hasFocus()};
}

void TimelineTracks::paintEvent(QPaintEvent*) {
    const TimelineGeometry geometry = geometryOfTracks();
    if (stale_ || layer_.picture().devicePixelRatio() != devicePixelRatioF()) {
        layer_.setFont(timelineFont(font()));
        layer_.redraw(geometry);
        stale_ = false;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, layer_.picture());
    if (hasFocus()) {
        painter.setPen(QPen(toQColor(layer_.theme().accent), 1.0));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 0.5, -1.5, -1.5), 4.0, 4.0);
    }
    if (document_.isEmpty()) {
        painter.setPen(toQColor(layer_.theme().mutedText));
        painter.drawText(rect(), int(Qt::AlignCenter), tr("The steps of a run appear here."));
        return;
    }
    painter.setFont(timelineFont(font()));
    const TimelineScene scene{.geometry = geometry, .series = layer_.series(), .theme = layer_.theme()};
    const TimelineCursor cursor = cursorNow();
    drawUnderMarks(painter, scene, cursor);
    drawMarks(painter, scene, document_.marks(), document_.trace().canvas(cursor.frame), cursor.frame);
    drawCursor(painter, scene, cursor);
    drawValues(painter, scene, cursor.frame);
    drawOverview(painter, scene, cursor.frame);
}

void TimelineTracks::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    redraw();
}

void TimelineTracks::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        refreshHeight();
        redraw();
    }
}

}  // namespace crystallite
