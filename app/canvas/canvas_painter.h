#pragma once

#include "app/canvas/canvas_motion.h"

#include <QImage>

#include <optional>

class QPainter;

namespace crystallite {

class CanvasView;

/// What a picture that is not the screen asks for besides.
struct PaintStyle {
    std::optional<Motion> motion = {};  ///< in place of what the view's clock says
    bool outlines = false;              ///< sharp letters are filled paths; those with a soft edge stay rasters
};

/// Draws the view's display list with QPainter: where no shader can run, and for pictures. Same colours, same geometry; light on edges is
/// drawn as lines in place of gradients.
void paintCanvas(QPainter& painter, CanvasView& view, const PaintStyle& style = {});

/// The view as a picture of its viewport, in device pixels.
[[nodiscard]] QImage paintedCanvas(CanvasView& view);

}  // namespace crystallite
