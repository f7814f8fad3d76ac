#pragma once

#include <QQuickItem>

namespace crystallite {

class CanvasView;

/// The scene-graph way to draw a CanvasView: three geometry nodes (facets, glyphs, rings) under one that places the page,
/// between those of the core sample.
class CanvasItem : public QQuickItem {
    Q_OBJECT
public:
    /// `view` is borrowed and outlives the item.
    explicit CanvasItem(CanvasView& view, QQuickItem* parent = nullptr);

protected:
    QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData*) override;

private:
    CanvasView& view_;
};

}  // namespace crystallite
