#pragma once

#include "app/canvas/canvas_view.h"
#include "app/export/animation_plan.h"
#include "app/run_document.h"

#include <QImage>

class QPainter;

namespace crystallite {

/// How a picture of a run looks.
struct PictureSettings {
    Theme theme = Theme::darkTheme();
    QSize size{880, 560};  ///< logical pixels
    double scale = 1.0;    ///< device pixels per logical one
    VisualSettings visual;
    bool foldsEnds = false;
    bool reducedMotion = false;
    int intervalMs = 0;  ///< between two steps while it plays; 0: frames that stand
};

/// Draws frames of a run through the painter path, exactly as the canvas of the window shows them. Needs fonts, but no display and no GPU.
class FrameRenderer {
public:
    FrameRenderer(const Trace& trace, const PictureSettings& settings);

    [[nodiscard]] QSize pixels() const;
    /// Opaque, Format_RGB32, with the device pixel ratio of the settings. Moments in rising order, frame after frame, show what fades.
    [[nodiscard]] QImage at(const Moment& moment);
    /// The frame as it stands.
    [[nodiscard]] QImage still(uint32_t frame);
    /// The same, with letters as paths.
    void paintStill(QPainter& painter, uint32_t frame);

private:
    [[nodiscard]] QImage painted(const Motion& motion);

    void seek(uint32_t frame);

    RunDocument document_;
    CanvasView view_;
    PictureSettings settings_;
};

}  // namespace crystallite
