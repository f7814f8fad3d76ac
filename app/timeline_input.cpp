#include "app/playback.h"
#include "app/run_document.h"
#include "app/timeline_labels.h"
#include "app/timeline_marks.h"
#include "app/timeline_popup.h"
#include "app/timeline_preview.h"
#include "app/timeline_tracks.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

// The half of TimelineTracks that turns mouse, wheel and keys into seeks, selections and zooms; timeline_tracks.cpp paints.

namespace crystallite {
namespace {

constexpr double kWheelZoom = 1.25;      // of one notch
constexpr double kWheelPanShare = 0.15;  // of the window, for one notch
constexpr double kSlack = 4.0;           // left of the first column a click still means it
constexpr double kOverviewReach = 5.0;   // the strip is thin

QRectF overviewTarget(const TimelineGeometry& geometry) {
    return geometry.overview().adjusted(0, -kOverviewReach + 1, 0, kOverviewReach);
}

}  // namespace

void TimelineTracks::zoomByKey(double factor) {
    const uint32_t frame = document_.frame();
    // At an end of the run the column of the cursor would be cut.
    setWindow(window_.shows(frame) ? window_.zoomed(factor, frame + 0.5).showing(frame)
                                   : window_.zoomed(factor, window_.begin() + window_.span() / 2));
}

bool TimelineTracks::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showTrackHelp(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::WindowDeactivate || event->type() == QEvent::Hide) {
        leave();  // the preview would stay above whatever comes now
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    return QWidget::event(event);
}

/// Names have tool tips; over the columns the preview says more.
void TimelineTracks::showTrackHelp(const QPoint& point, const QPoint& globalPoint) {
    const TimelineGeometry geometry = geometryOfTracks();
    const auto track = geometry.trackAt(point.y());
    if (!document_.isEmpty() && track && point.x() < geometry.columns().left()) {
        QToolTip::showText(globalPoint, trackHelp(*track, layer_.series().scales()), this);
    } else {
        QToolTip::hideText();
    }
}

void TimelineTracks::keyPressEvent(QKeyEvent* event) {
    if (!document_.isEmpty() && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) && event->modifiers() == Qt::NoModifier) {
        selectRow(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    QWidget::keyPressEvent(event);
}

/// What a click in the heatmap does, for the keyboard.
void TimelineTracks::selectRow(int step) {
    const uint32_t first = document_.trace().promptLength();
    const int64_t rows = document_.trace().slots() - first;
    const auto row = rowOf(document_.selectedSlot());
    const int64_t wanted = row ? int64_t{*row} + step : step > 0 ? 0 : rows - 1;
    if (rows > 0) {
        document_.selectSlot(first + static_cast<uint32_t>(std::clamp<int64_t>(wanted, 0, rows - 1)));
    }
}

void TimelineTracks::mousePressEvent(QMouseEvent* event) {
    const TimelineGeometry geometry = geometryOfTracks();
    const QPointF point = event->position();
    if (document_.isEmpty() || point.x() < geometry.columns().left() - kSlack) {
        return;
    }
    if (event->button() == Qt::MiddleButton) {
        toggleBlock(geometry.frameAt(point.x()));
    }
    if (event->button() != Qt::LeftButton) {
        return;
    }
    if (!window_.isWhole() && overviewTarget(geometry).contains(point)) {
        const double column = geometry.overviewColumnAt(point.x());
        // Outside the thumb its middle comes to the pointer.
        grip_ = column >= window_.begin() && column < window_.end() ? column - window_.begin() : window_.span() / 2;
        drag_ = Drag::Pan;
        panTo(point.x());
        return;
    }
    drag_ = Drag::Seek;
    if (const auto bookmark = bookmarkAt(geometry, document_.marks(), point)) {
        if (bookmark->position) {
            document_.selectSlot(bookmark->position);
        }
        seek(bookmark->frame);
        return;
    }
    if (const auto row = geometry.answerSlotAt(point.y())) {
        document_.selectSlot(document_.trace().promptLength() + *row);
    }
    seek(geometry.frameAt(point.x()));
}

void TimelineTracks::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        drag_ = Drag::None;
        hover(event->position());
    }
}

/// For those without a middle button.
void TimelineTracks::mouseDoubleClickEvent(QMouseEvent* event) {
    const TimelineGeometry geometry = geometryOfTracks();
    if (event->button() == Qt::LeftButton && geometry.trackAt(event->position().y()) == Track::Blocks) {
        toggleBlock(geometry.frameAt(event->position().x()));
    } else {
        mousePressEvent(event);
    }
}

void TimelineTracks::mouseMoveEvent(QMouseEvent* event) {
    if (document_.isEmpty()) {
        return;
    }
    if (drag_ == Drag::Pan) {
        panTo(event->position().x());
        return;
    }
    if (drag_ == Drag::Seek) {
        seek(geometryOfTracks().frameAt(event->position().x()));
    }
    hover(event->position());
}

void TimelineTracks::panTo(double x) {
    const double column = geometryOfTracks().overviewColumnAt(x);
    setWindow(window_.panned(column - grip_ - window_.begin()));
}

void TimelineTracks::hover(QPointF point) {
    const TimelineGeometry geometry = geometryOfTracks();
    const bool overColumns = point.x() >= geometry.columns().left() && point.x() < geometry.columns().right() &&
                             point.y() < geometry.columns().bottom() && rect().contains(point.toPoint());
    if (!overColumns && drag_ == Drag::None) {
        leave();
        return;
    }
    const auto bookmark = bookmarkAt(geometry, document_.marks(), point);
    const uint32_t frame = bookmark ? bookmark->frame : geometry.frameAt(point.x());
    const auto row = geometry.answerSlotAt(point.y());
    document_.hoverSlot(row ? std::optional(document_.trace().promptLength() + *row) : std::nullopt);
    if (hoveredFrame_ != frame) {
        for (const auto& changed : {hoveredFrame_, std::optional(frame)}) {
            if (changed) {
                update(columnsRect(*changed, *changed));
            }
        }
        hoveredFrame_ = frame;
        showPreview(frame);
    }
}

void TimelineTracks::leave() {
    popup_->dismiss();
    document_.hoverSlot(std::nullopt);
    if (hoveredFrame_) {
        update(columnsRect(*hoveredFrame_, *hoveredFrame_));
        hoveredFrame_.reset();
    }
}

void TimelineTracks::showPreview(uint32_t frame) {
    const int x = static_cast<int>(std::lround(geometryOfTracks().column(frame).center().x()));
    popup_->showSoon(previewOf(document_.trace(), frame, document_.marks().bookmarks()), mapToGlobal(QPoint(x, 0)).x(),
                     QRect(mapToGlobal(QPoint(0, 0)), size()));
}

void TimelineTracks::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (drag_ == Drag::None) {
        leave();
    }
}

void TimelineTracks::wheelEvent(QWheelEvent* event) {
    event->accept();
    const QPoint turned = event->angleDelta();
    const int most = std::abs(turned.y()) >= std::abs(turned.x()) ? turned.y() : turned.x();
    const double notches = static_cast<double>(most) / int{QWheelEvent::DefaultDeltasPerStep};
    const bool sideways = event->modifiers().testFlag(Qt::ShiftModifier) || most != turned.y();
    if (document_.isEmpty()) {
        return;
    }
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setWindow(window_.zoomed(std::pow(kWheelZoom, notches), geometryOfTracks().columnAt(event->position().x())));
    } else if (sideways && !window_.isWhole()) {
        setWindow(window_.panned(-notches * kWheelPanShare * window_.span()));
    } else {
        wheelRest_ += most;
        const int steps = wheelRest_ / QWheelEvent::DefaultDeltasPerStep;
        wheelRest_ -= steps * QWheelEvent::DefaultDeltasPerStep;
        if (steps != 0) {
            playback_.stepBy(-steps);
        }
    }
    hover(event->position());
}

}  // namespace crystallite
