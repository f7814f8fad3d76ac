#pragma once

#include "app/playback.h"
#include "app/run_document.h"
#include "app/timeline_tracks.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

namespace crystallite::testing {

/// The tracks over a synthetic run, without the window around them.
class TimelineTracksTest : public ::testing::Test {
protected:
    void show(const SyntheticRun& run, QSize size = {1000, 240}) {
        document_.reset(syntheticTrace(run), false);
        tracks_.resize(size);
        tracks_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&tracks_));
    }
    void grab() { picture_ = tracks_.grab().toImage(); }
    [[nodiscard]] TimelineGeometry geometry() const { return tracks_.geometryOfTracks(); }
    [[nodiscard]] QRgb pixel(double x, double y) const { return picture_.pixel(static_cast<int>(x), static_cast<int>(y)); }
    /// How many pixels of the vertical line at `x` through a row have a colour.
    [[nodiscard]] int countOf(QRgb colour, double x, const QRectF& row) const {
        int count = 0;
        for (int y = static_cast<int>(row.top()); y < static_cast<int>(row.bottom()); ++y) {
            count += pixel(x, y) == colour ? 1 : 0;
        }
        return count;
    }
    void wheel(QPointF point, QPoint delta, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(point, tracks_.mapToGlobal(point), {}, delta, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&tracks_, &event);
    }
    void moveMouse(QPointF point, Qt::MouseButtons buttons = Qt::NoButton) {
        QMouseEvent event(QEvent::MouseMove, point, tracks_.mapToGlobal(point), Qt::NoButton, buttons, Qt::NoModifier);
        QApplication::sendEvent(&tracks_, &event);
    }
    [[nodiscard]] QPoint pointAt(uint32_t frame, Track track = Track::Masked) const {
        return {static_cast<int>(geometry().column(frame).center().x()), static_cast<int>(geometry().track(track).center().y())};
    }

    RunDocument document_;
    Playback playback_{document_, [] { return int64_t{0}; }};
    TimelineTracks tracks_{document_, playback_};
    Theme theme_ = Theme::darkTheme();
    QImage picture_;
};

}  // namespace crystallite::testing
