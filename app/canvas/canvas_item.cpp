#include "app/canvas/canvas_item.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/core_sample/core_node.h"
#include "app/canvas/core_sample/core_sample.h"
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

/// Puts its children where the page is, and remembers what they were made from.
class PageNode : public QSGTransformNode {
public:
    PageNode() {
        content_.appendTo(*this);
        rings_.setFlag(QSGNode::OwnedByParent, false);
        rings_.setFlag(QSGNode::OwnsGeometry);
        rings_.setMaterial(&ringMaterial_);
        appendChildNode(&rings_);
    }
    ~PageNode() override { removeAllChildNodes(); }
    PageNode(const PageNode&) = delete;
    PageNode& operator=(const PageNode&) = delete;

    /// The display list, which may bring new glyphs into the atlas.
    void setScene(CanvasView& view) {
        const CanvasScene& scene = view.scene();
        if (view.sceneRevision() != sceneRevision_) {
            sceneRevision_ = view.sceneRevision();
            content_.setScene(scene, view.theme());
        }
        rings_.setGeometry(cellGeometry(view.rings(), view.theme()));
    }

    void place(CanvasView& view, const std::shared_ptr<QSGTexture>& atlas) {
        CellUniforms light = cellUniforms(view.theme(), view.sceneRatio());
        ringMaterial_.uniforms = light;
        const Motion motion = view.motion();
        light.snap = motion.snap;
        light.fade = motion.fade;
        content_.setLight(light, atlas);
        setMatrix(matrixOf(view));
        rings_.markDirty(QSGNode::DirtyGeometry | QSGNode::DirtyMaterial);
    }

private:
    [[nodiscard]] static QMatrix4x4 matrixOf(CanvasView& view) {
        if (view.core() != nullptr) {
            return view.core()->pageMatrix();
        }
        QMatrix4x4 scrolled;
        scrolled.translate(static_cast<float>(-view.drawnScroll().x()), static_cast<float>(-view.drawnScroll().y()));
        return scrolled;
    }

    SceneNodes content_;
    CellMaterial ringMaterial_;
    QSGGeometryNode rings_;
    uint64_t sceneRevision_ = 0;
};

/// The page, around it what the core sample adds, and before both what does not move.
class CanvasNode : public QSGNode {
public:
    CanvasNode() {
        page_.setFlag(QSGNode::OwnedByParent, false);
        core_.addTo(*this, page_);
        overlay_.appendTo(*this);
    }
    ~CanvasNode() override { removeAllChildNodes(); }
    CanvasNode(const CanvasNode&) = delete;
    CanvasNode& operator=(const CanvasNode&) = delete;

    void update(CanvasView& view, QQuickWindow& window) {
        // First all display lists, then the atlas: a list brings new glyphs.
        overlay_.setScene(view.overlay(), view.theme());
        page_.setScene(view);
        if (view.atlas().revision() != atlasRevision_) {
            atlasRevision_ = view.atlas().revision();
            atlas_.reset(window.createTextureFromImage(view.atlas().image(), QQuickWindow::TextureHasAlphaChannel));
        }
        if (atlas_ != nullptr) {
            // Flat, texels fall on pixels; in space they do not.
            atlas_->setFiltering(view.core() == nullptr ? QSGTexture::Nearest : QSGTexture::Linear);
        }
        page_.place(view, atlas_);
        overlay_.setLight(cellUniforms(view.theme(), view.devicePixelRatio()), atlas_);
        core_.update(view, window);
    }

private:
    PageNode page_;
    CoreNodes core_;
    SceneNodes overlay_;
    std::shared_ptr<QSGTexture> atlas_;
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
