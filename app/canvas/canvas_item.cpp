#include "app/canvas/canvas_item.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/core_sample/core_node.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/glyph_material.h"

#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGTransformNode>

#include <cmath>

namespace crystallite {

namespace {

/// Puts its children where the page is, and remembers what they were made from.
class PageNode : public QSGTransformNode {
public:
    PageNode() {
        for (QSGGeometryNode* node : {&cells_, &glyphs_, &rings_}) {
            node->setFlag(QSGNode::OwnedByParent, false);
            node->setFlag(QSGNode::OwnsGeometry);
            appendChildNode(node);
        }
        cells_.setMaterial(&cellMaterial_);
        glyphs_.setMaterial(&glyphMaterial_);
        rings_.setMaterial(&ringMaterial_);
    }
    ~PageNode() override { removeAllChildNodes(); }
    PageNode(const PageNode&) = delete;
    PageNode& operator=(const PageNode&) = delete;

    void update(CanvasView& view, QQuickWindow& window) {
        const CanvasScene& scene = view.scene();
        if (view.sceneRevision() != sceneRevision_) {
            sceneRevision_ = view.sceneRevision();
            cells_.setGeometry(cellGeometry(scene.cells, view.theme()));
            glyphs_.setGeometry(glyphGeometry(scene.glyphs));
        }
        if (view.atlas().revision() != atlasRevision_) {
            atlasRevision_ = view.atlas().revision();
            glyphMaterial_.texture.reset(window.createTextureFromImage(view.atlas().image(), QQuickWindow::TextureHasAlphaChannel));
        }
        if (glyphMaterial_.texture != nullptr) {
            // Flat, texels fall on pixels; in space they do not.
            glyphMaterial_.texture->setFiltering(view.core() == nullptr ? QSGTexture::Nearest : QSGTexture::Linear);
        }
        rings_.setGeometry(cellGeometry(view.rings(), view.theme()));
        updateUniforms(view);
        setMatrix(matrixOf(view));
        for (QSGGeometryNode* node : {&cells_, &glyphs_, &rings_}) {
            node->markDirty(QSGNode::DirtyGeometry | QSGNode::DirtyMaterial);
        }
    }

private:
    [[nodiscard]] static QMatrix4x4 matrixOf(CanvasView& view) {
        if (view.core() != nullptr) {
            return view.core()->pageMatrix();
        }
        QMatrix4x4 scrolled;
        const double ratio = view.devicePixelRatio();
        scrolled.translate(0.0F, static_cast<float>(-std::round(view.scroll() * ratio) / ratio));
        return scrolled;
    }

    void updateUniforms(const CanvasView& view) {
        const CanvasView::Motion motion = view.motion();
        cellMaterial_.uniforms = cellUniforms(view.theme(), view.sceneRatio());
        ringMaterial_.uniforms = cellMaterial_.uniforms;
        cellMaterial_.uniforms.snap = motion.snap;
        cellMaterial_.uniforms.fade = motion.fade;
        glyphMaterial_.fade = motion.fade;
    }

    // Materials stand above the nodes that use them.
    CellMaterial cellMaterial_;
    CellMaterial ringMaterial_;
    GlyphMaterial glyphMaterial_;
    QSGGeometryNode cells_;
    QSGGeometryNode glyphs_;
    QSGGeometryNode rings_;
    uint64_t sceneRevision_ = 0;
    uint64_t atlasRevision_ = 0;
};

/// The page, and around it what the core sample adds.
class CanvasNode : public QSGNode {
public:
    CanvasNode() {
        page_.setFlag(QSGNode::OwnedByParent, false);
        core_.addTo(*this, page_);
    }
    ~CanvasNode() override { removeAllChildNodes(); }
    CanvasNode(const CanvasNode&) = delete;
    CanvasNode& operator=(const CanvasNode&) = delete;

    void update(CanvasView& view, QQuickWindow& window) {
        page_.update(view, window);
        core_.update(view, window);
    }

private:
    PageNode page_;
    CoreNodes core_;
};

}  // namespace

CanvasItem::CanvasItem(CanvasView& view, QQuickItem* parent) : QQuickItem(parent), view_(view) {
    setFlag(ItemHasContents);
    setClip(true);
    connect(&view, &CanvasView::changed, this, &QQuickItem::update);
}

QSGNode* CanvasItem::updatePaintNode(QSGNode* node, UpdatePaintNodeData*) {
    auto* canvas = static_cast<CanvasNode*>(node);
    if (canvas == nullptr) {
        canvas = new CanvasNode;
    }
    canvas->update(view_, *window());
    return canvas;
}

}  // namespace crystallite
