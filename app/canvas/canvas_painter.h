#pragma once

#include <QImage>

class QPainter;

namespace crystallite {

class CanvasView;

/// Draws the view's display list with QPainter: where no shader can run, and for pictures. Same colours, same geometry; light on edges is
/// drawn as lines in place of gradients.
void paintCanvas(QPainter& painter, CanvasView& view);

/// The view as a picture of its viewport, in device pixels.
[[nodiscard]] QImage paintedCanvas(CanvasView& view);

}  // namespace crystallite
