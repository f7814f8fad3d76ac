#pragma once

#include "app/canvas/core_sample/core_material.h"

#include <QSGGeometryNode>
#include <QSGSimpleTextureNode>

#include <cstdint>

class QQuickWindow;

namespace crystallite {

class CanvasView;

/// The nodes of the core sample, which lie around the page: the block behind the lit plane, the block before it, and the overlay. Without
/// faces while the canvas shows the page alone.
class CoreNodes {
public:
    CoreNodes();
    CoreNodes(const CoreNodes&) = delete;
    CoreNodes& operator=(const CoreNodes&) = delete;

    /// Adds them to `root`, around `page`. The root and all of them are destroyed together.
    void addTo(QSGNode& root, QSGNode& page);
    void update(CanvasView& view, QQuickWindow& window);

private:
    void updateOverlay(CanvasView& view, QQuickWindow& window);

    CoreMaterial material_;  // stands above the nodes that use it
    QSGGeometryNode behind_;
    QSGGeometryNode before_;
    QSGNode overlay_;  // parent of a texture node while there is one
    uint64_t revision_ = 0;
};

}  // namespace crystallite
