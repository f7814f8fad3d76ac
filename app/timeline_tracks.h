#pragma once

#include "app/theme.h"
#include "app/timeline_geometry.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <array>
#include <optional>

namespace crystallite {

class Playback;
class RunDocument;

/// The painted half of the timeline: masked share, mean entropy, commits and the position x step heatmap over the frames of a run, under
/// one cursor. For the keyboard and for screen readers it is a slider whose value is the frame.
class TimelineTracks : public QWidget {
    Q_OBJECT
public:
    TimelineTracks(RunDocument& document, Playback& playback, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] TimelineGeometry geometryOfTracks() const;
    [[nodiscard]] const RunDocument& document() const { return document_; }
    /// What the slider says of itself: "Step 12 of 32. 8 committed, 24 masked."
    [[nodiscard]] QString valueText() const;
    void seek(uint32_t frame);

    QSize sizeHint() const override { return {720, 190}; }
    QSize minimumSizeHint() const override { return {240, 130}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void rebuild();
    void fitColumns();
    void redrawAll();
    void appendFrame(uint32_t frame);
    void moveCursor(uint32_t frame);
    void drawFrame(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame);
    void drawEntropy(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame);
    void drawCommits(QPainter& painter, const TimelineGeometry& geometry, uint32_t frame);
    void fillHeatmap(uint32_t frame);
    void drawCursor(QPainter& painter, const TimelineGeometry& geometry) const;
    void drawSelection(QPainter& painter, const TimelineGeometry& geometry) const;
    void setHovered(std::optional<uint32_t> frame);
    [[nodiscard]] QString frameToolTip(uint32_t frame) const;
    [[nodiscard]] QRect updateRect(uint32_t frame) const;
    void announce();

    RunDocument& document_;
    Playback& playback_;
    Theme theme_ = Theme::darkTheme();
    std::array<QRgb, 256> entropyRamp_{};  // lightness over the share of the largest entropy
    QPixmap tracks_;                       // everything that does not depend on the cursor
    QImage heatmap_;                       // [answer slots, frames], one pixel each
    uint32_t shownFrame_ = 0;
    std::optional<uint32_t> hovered_;
    int wheelRest_ = 0;  // eighths of a degree not yet worth a step
};

}  // namespace crystallite
