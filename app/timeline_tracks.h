#pragma once

#include "app/timeline_layer.h"
#include "app/timeline_overlay.h"

#include <QWidget>

#include <optional>

namespace crystallite {

class Disclosure;
class Playback;
class RunDocument;
class TimelinePopup;

/// The painted half of the timeline: rulers, curves and the position x step heatmap over the frames of a run, under one cursor, whole or
/// zoomed in time. For the keyboard and for screen readers it is a slider whose value is the frame; Up and Down walk the slots.
///
/// Mouse: click seeks, and selects the slot in the heatmap; drag scrubs; the wheel steps, with Ctrl it zooms around the pointer, with Shift
/// or sideways it pans; the middle button zooms to the block under the pointer and back.
class TimelineTracks : public QWidget {
    Q_OBJECT
public:
    TimelineTracks(RunDocument& document, Playback& playback, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] TimelineGeometry geometryOfTracks() const;
    [[nodiscard]] const RunDocument& document() const { return document_; }
    [[nodiscard]] const TimelineSeries& series() const { return layer_.series(); }
    [[nodiscard]] const TimeWindow& timeWindow() const { return window_; }
    [[nodiscard]] const TimelinePopup& popup() const { return *popup_; }
    /// What the slider says of itself: "Step 12 of 32. 8 committed, 24 masked. In this step: cat 93 percent."
    [[nodiscard]] QString valueText() const;
    void seek(uint32_t frame);

    /// The heatmap as one line.
    [[nodiscard]] bool isHeatmapFolded() const { return folded_; }
    void setHeatmapFolded(bool folded);
    /// Around the cursor while it is in view, else around the middle.
    void zoomIn();
    void zoomOut();
    void showWholeRun();
    /// Zooms to the block that a frame belongs to; from there back to what was shown before.
    void toggleBlock(uint32_t frame);

    QSize sizeHint() const override { return {720, 214}; }
    QSize minimumSizeHint() const override { return {240, 130}; }

Q_SIGNALS:
    void timeWindowChanged();
    void heatmapFoldedChanged(bool folded);
    void maximumHeightChanged();
    void announced();  ///< assistive technology was told where the cursor stands

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Drag { None, Seek, Pan };

    // timeline_tracks.cpp: follows the document and paints
    void connectDocument();
    void rebuild();
    void fitFrames();
    void appendFrames(uint32_t first, uint32_t last);
    void moveCursor(uint32_t frame);
    void refreshHeight();
    void setWindow(const TimeWindow& window);
    void redraw();
    [[nodiscard]] TimelineCursor cursorNow() const;
    [[nodiscard]] std::optional<uint32_t> rowOf(std::optional<uint32_t> position) const;
    [[nodiscard]] QRect columnsRect(uint32_t first, uint32_t last) const;
    void announce();

    // timeline_input.cpp: mouse, wheel and keys
    void zoomByKey(double factor);
    void selectRow(int step);
    void hover(QPointF point);
    void leave();
    void panTo(double x);
    void showPreview(uint32_t frame);
    void showTrackHelp(const QPoint& point, const QPoint& globalPoint);

    RunDocument& document_;
    Playback& playback_;
    TimelineLayer layer_;
    TimeWindow window_;
    std::optional<TimeWindow> beforeBlock_;  // what toggleBlock() goes back to
    TimelinePopup* popup_;
    Disclosure* fold_;
    bool folded_ = false;
    bool stale_ = true;  // the layer has to be drawn again
    bool announces_ = false;
    uint32_t shownFrame_ = 0;
    std::optional<uint32_t> hoveredFrame_;
    Drag drag_ = Drag::None;
    double grip_ = 0.0;  // where the overview's thumb is held, in columns from the start of the window
    int wheelRest_ = 0;  // eighths of a degree not yet worth a step
};

}  // namespace crystallite
