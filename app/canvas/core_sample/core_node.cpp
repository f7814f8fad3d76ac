#include "app/canvas/core_sample/core_node.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_overlay.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <QImage>
#include <QPainter>
#include <QQuickWindow>

namespace crystallite {

CoreNodes::CoreNodes() {
    for (QSGGeometryNode* node : {&behind_, &before_}) {
        node->setFlag(QSGNode::OwnsGeometry);
        node->setMaterial(&material_);
        node->setGeometry(coreGeometry({}));
    }
    for (QSGNode* node : {static_cast<QSGNode*>(&behind_), static_cast<QSGNode*>(&before_), &overlay_}) {
        node->setFlag(QSGNode::OwnedByParent, false);
    }
}

void CoreNodes::addTo(QSGNode& root, QSGNode& page) {
    root.appendChildNode(&behind_);
    root.appendChildNode(&page);
    root.appendChildNode(&before_);
    root.appendChildNode(&overlay_);
}

void CoreNodes::update(CanvasView& view, QQuickWindow& window) {
    CoreSample* core = view.core();
    static const CoreFaces kNone;
    const CoreFaces& faces = core == nullptr ? kNone : core->faces();
    const uint64_t revision = core == nullptr ? 0 : core->revision();
    if (revision == revision_) {
        return;
    }
    revision_ = revision;
    behind_.setGeometry(coreGeometry(faces.behind));
    before_.setGeometry(coreGeometry(faces.before));
    if (core != nullptr && !view.isEmpty()) {
        material_.uniforms = coreUniforms(view.theme(), core->space(), view.document()->frame(), view.devicePixelRatio());
    }
    for (QSGGeometryNode* node : {&behind_, &before_}) {
        node->markDirty(QSGNode::DirtyGeometry | QSGNode::DirtyMaterial);
    }
    updateOverlay(view, window);
}

void CoreNodes::updateOverlay(CanvasView& view, QQuickWindow& window) {
    while (QSGNode* old = overlay_.firstChild()) {
        overlay_.removeChildNode(old);
        delete old;
    }
    if (view.core() == nullptr || view.isEmpty() || view.viewport().isEmpty()) {
        return;
    }
    const double ratio = view.devicePixelRatio();
    QImage image((view.viewport() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintCoreOverlay(painter, view);
    painter.end();
    auto* picture = new QSGSimpleTextureNode;
    picture->setTexture(window.createTextureFromImage(image, QQuickWindow::TextureHasAlphaChannel));
    picture->setOwnsTexture(true);
    picture->setRect(QRectF(QPointF(), view.viewport()));
    overlay_.appendChildNode(picture);
}

}  // namespace crystallite
