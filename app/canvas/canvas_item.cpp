#include "app/canvas/canvas_item.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/glyph_material.h"

#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGTexture>
#include <QSGTransformNode>

#include <memory>
#include <utility>

namespace crystallite {

namespace {

/// Facets and the glyphs on them, from one display list.
struct SceneNodes {
    SceneNodes() {
        for (QSGGeometryNode* node : {&cells, &glyphs}) {
            node->setFlag(QSGNode::OwnedByParent, false);
            node->setFlag(QSGNode::OwnsGeometry);
        }
        cells.setMaterial(&cellMaterial);
        glyphs.setMaterial(&glyphMaterial);
    }
    void appendTo(QSGNode& parent) {
        parent.appendChildNode(&cells);
        parent.appendChildNode(&glyphs);
    }
    void setScene(const CanvasScene& scene, const Theme& theme) {
        cells.setGeometry(cellGeometry(scene.cells, theme));
        glyphs.setGeometry(glyphGeometry(scene.glyphs));
        cells.markDirty(QSGNode::DirtyGeometry);
        glyphs.markDirty(QSGNode::DirtyGeometry);
    }
    void setLight(const CellUniforms& uniforms, std::shared_ptr<QSGTexture> atlas) {
        cellMaterial.uniforms = uniforms;
        glyphMaterial.fade = uniforms.fade;
        glyphMaterial.texture = std::move(atlas);
        cells.markDirty(QSGNode::DirtyMaterial);
        glyphs.markDirty(QSGNode::DirtyMaterial);
    }

    // Materials stand above the nodes that use them.
    CellMaterial cellMaterial;
    GlyphMaterial glyphMaterial;
    QSGGeometryNode cells;
    QSGGeometryNode glyphs;
};

/// What scrolls under what stays, and what both were made from.
class CanvasNode : public QSGNode {
public:
    CanvasNode() {
        scrolled_.setFlag(QSGNode::OwnedByParent, false);
        appendChildNode(&scrolled_);
        content_.appendTo(scrolled_);
        rings_.setFlag(QSGNode::OwnedByParent, false);
        rings_.setFlag(QSGNode::OwnsGeometry);
        rings_.setMaterial(&ringMaterial_);
        scrolled_.appendChildNode(&rings_);
        overlay_.appendTo(*this);
    }
    ~CanvasNode() override {
        scrolled_.removeAllChildNodes();
        removeAllChildNodes();
    }
    CanvasNode(const CanvasNode&) = delete;
    CanvasNode& operator=(const CanvasNode&) = delete;

    void update(CanvasView& view, QQuickWindow& window) {
        // First all display lists, then the atlas: a list brings new glyphs.
        overlay_.setScene(view.overlay(), view.theme());
        const CanvasScene& scene = view.scene();
        if (view.sceneRevision() != sceneRevision_) {
            sceneRevision_ = view.sceneRevision();
            content_.setScene(scene, view.theme());
        }
        if (view.atlas().revision() != atlasRevision_) {
            atlasRevision_ = view.atlas().revision();
            atlas_.reset(window.createTextureFromImage(view.atlas().image(), QQuickWindow::TextureHasAlphaChannel));
            atlas_->setFiltering(QSGTexture::Nearest);
        }
        rings_.setGeometry(cellGeometry(view.rings(), view.theme()));
        updateLight(view);

        QMatrix4x4 scrolled;
        scrolled.translate(static_cast<float>(-view.drawnScroll().x()), static_cast<float>(-view.drawnScroll().y()));
        scrolled_.setMatrix(scrolled);
        rings_.markDirty(QSGNode::DirtyGeometry | QSGNode::DirtyMaterial);
    }

private:
    void updateLight(const CanvasView& view) {
        CellUniforms light = cellUniforms(view.theme(), view.devicePixelRatio());
        overlay_.setLight(light, atlas_);
        ringMaterial_.uniforms = light;
        const Motion motion = view.motion();
        light.snap = motion.snap;
        light.fade = motion.fade;
        content_.setLight(light, atlas_);
    }

    SceneNodes content_;
    SceneNodes overlay_;
    CellMaterial ringMaterial_;
    QSGGeometryNode rings_;
    QSGTransformNode scrolled_;
    std::shared_ptr<QSGTexture> atlas_;
    uint64_t sceneRevision_ = 0;
    uint64_t atlasRevision_ = 0;
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
