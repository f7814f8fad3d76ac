#pragma once

class QPainter;

namespace crystallite {

class CanvasView;

/// What lies over the picture of the block in viewport coordinates: the axis of time along an edge of the block, and the legend. Drawn by
/// the same code for both renderers, so that words are set and translated in one place.
void paintCoreOverlay(QPainter& painter, CanvasView& view);

}  // namespace crystallite
