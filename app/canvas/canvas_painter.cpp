#include "app/canvas/canvas_painter.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/core_sample/core_material.h"
#include "app/canvas/core_sample/core_overlay.h"
#include "app/canvas/core_sample/core_painter.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace crystallite {

namespace {

QPainterPath boxPath(const QRectF& rect, float radius) {
    QPainterPath path;
    path.addRoundedRect(rect, static_cast<double>(radius), static_cast<double>(radius));
    return path;
}

/// See shaders/view/cell.frag, edgePoint().
QPointF edgePoint(float share, const QRectF& rect) {
    const double along = static_cast<double>(share) * (rect.width() + rect.height());
    return along < rect.height() ? QPointF(rect.left(), rect.bottom() - along) : QPointF(rect.left() + along - rect.height(), rect.top());
}

/// Draws display lists with one painter under one light.
class CellPainter {
public:
    CellPainter(QPainter& painter, const Theme& theme, const CellUniforms& light) : painter_(painter), theme_(theme), light_(light) {}

    void draw(const CellInstance& cell) {
        const QPainterPath box = boxPath(cell.rect, cell.radius);
        if (cell.fillOpacity > 0.0F) {
            const Colour fill = glm::mix(cell.previousFill, cell.fill, light_.fade);
            painter_.fillPath(box, toQColor(fill, cell.fillOpacity));
            drawInside(cell, box);
        }
        if (cell.light > 0.0F) {
            painter_.fillPath(box, toQColor(light_.lightColour, cell.light * kLightPeak));
        }
        if (cell.snap * light_.snap > 0.0F) {
            painter_.fillPath(box, toQColor(light_.snapColour, cell.snap * light_.snap * kSnapPeak));
        }
        drawNotch(cell, box);
        drawOutline(cell);
    }

private:
    void drawInside(const CellInstance& cell, const QPainterPath& box) {
        painter_.save();
        painter_.setClipPath(box, Qt::IntersectClip);
        if (cell.otherFrom < 1.0F) {
            QPainterPath facet(cell.rect.bottomRight());
            facet.lineTo(edgePoint(cell.otherFrom, cell.rect));
            facet.lineTo(cell.rect.topLeft());
            facet.lineTo(cell.rect.topRight());
            if (edgePoint(cell.otherFrom, cell.rect).y() <= cell.rect.top()) {
                facet = QPainterPath(cell.rect.bottomRight());
                facet.lineTo(edgePoint(cell.otherFrom, cell.rect));
                facet.lineTo(cell.rect.topRight());
            }
            painter_.fillPath(facet, QBrush(QColor::fromRgbF(1.0F, 1.0F, 1.0F, 0.18F * light_.highlight), Qt::BDiagPattern));
        }
        drawFractures(cell);
        if (cell.gloss > 0.0F) {
            QLinearGradient gloss(cell.rect.topLeft(), cell.rect.bottomLeft());
            gloss.setColorAt(0.0, QColor::fromRgbF(1.0F, 1.0F, 1.0F, cell.gloss * 0.30F * light_.highlight));
            gloss.setColorAt(0.5, QColor::fromRgbF(0.5F, 0.5F, 0.5F, 0.0F));
            gloss.setColorAt(1.0, QColor::fromRgbF(0.0F, 0.0F, 0.0F, cell.gloss * 0.30F * light_.shadow));
            painter_.fillPath(box, gloss);
        }
        if (cell.relief > 0.0F) {
            painter_.setPen(QPen(QColor::fromRgbF(1.0F, 1.0F, 1.0F, cell.relief * light_.highlight), 1.0));
            const double y = cell.rect.top() + static_cast<double>(cell.outlineWidth) + 0.5;
            painter_.drawLine(QPointF(cell.rect.left(), y), QPointF(cell.rect.right(), y));
        }
        painter_.restore();
    }

    void drawFractures(const CellInstance& cell) {
        for (const float share : std::span(cell.fractures).first(cell.fractureCount)) {
            const QPointF root = cell.rect.bottomRight();
            const QPointF tip = edgePoint(share, cell.rect);
            const QPointF along = tip - root;
            const QPointF across = QPointF(-along.y(), along.x()) / std::max(std::hypot(along.x(), along.y()), 1.0);
            const auto drawFading = [&](const QPointF& aside, const QColor& colour, double width) {
                QColor clear = colour;
                clear.setAlpha(0);
                QLinearGradient fade(root, tip);
                fade.setColorAt(0.30, clear);
                fade.setColorAt(0.95, colour);
                painter_.setPen(QPen(QBrush(fade), width));
                painter_.drawLine(root + aside, tip + aside);
            };
            drawFading(across * 1.4, QColor::fromRgbF(0.0F, 0.0F, 0.0F, 0.30F * light_.shadow), 2.0);
            drawFading({}, QColor::fromRgbF(1.0F, 1.0F, 1.0F, 0.60F * light_.highlight), 0.8);
        }
    }

    void drawNotch(const CellInstance& cell, const QPainterPath& box) {
        if (cell.notch <= 0.0F) {
            return;
        }
        const auto legs = static_cast<double>(cell.notch);
        QPainterPath notch(cell.rect.bottomRight());
        notch.lineTo(cell.rect.bottomRight() - QPointF(legs, 0.0));
        notch.lineTo(cell.rect.bottomRight() - QPointF(0.0, legs));
        painter_.fillPath(notch.intersected(box), toQColor(cell.snap > 0.0F ? theme_.committed : theme_.guess, kNotchOpacity));
    }

    void drawOutline(const CellInstance& cell) {
        if (cell.outlineOpacity <= 0.0F) {
            return;
        }
        const auto width = static_cast<double>(cell.outlineWidth);
        QPen pen(toQColor(cell.outline, cell.outlineOpacity), width);
        if (cell.dash > 0.0F) {
            const double on = static_cast<double>(cell.dash) * 0.56 / width;
            const double off = static_cast<double>(cell.dash) * 0.44 / width;
            pen.setDashPattern({on, off});
            pen.setCapStyle(Qt::FlatCap);
        }
        const double inset = width / 2.0;
        painter_.strokePath(
            boxPath(cell.rect.adjusted(inset, inset, -inset, -inset), std::max(cell.radius - static_cast<float>(inset), 0.0F)), pen);
    }

    QPainter& painter_;
    const Theme& theme_;
    const CellUniforms& light_;
};

/// The glyph as a path, where it has one and its edge is sharp.
bool drawOutline(QPainter& painter, const GlyphInstance& glyph, const GlyphAtlas& atlas, double ratio, const QColor& colour) {
    const std::optional<GlyphPlace> place = atlas.placeAt(glyph.texels.center().toPoint());
    if (!place || place->key.blur != 0) {
        return false;
    }
    const QPainterPath path = atlas.outline(place->key);
    if (path.isEmpty()) {
        return false;
    }
    painter.save();
    painter.setClipRect(glyph.rect, Qt::IntersectClip);
    painter.translate(glyph.rect.topLeft());
    painter.scale(1.0 / ratio, 1.0 / ratio);
    painter.translate(place->raster.texels.topLeft() - glyph.texels.topLeft() - place->raster.origin);
    painter.fillPath(path, colour);
    painter.restore();
    return true;
}

void drawGlyph(QPainter& painter, const GlyphInstance& glyph, const QImage& atlas, float fade) {
    const float shown = glyph.fade > 0.0F ? fade : (glyph.fade < 0.0F ? 1.0F - fade : 1.0F);
    const float opacity = glyph.opacity * shown;
    if (opacity <= 0.0F) {
        return;
    }
    const QRect texels = glyph.texels.toAlignedRect();
    QImage tinted(texels.size(), QImage::Format_ARGB32_Premultiplied);
    tinted.fill(toQColor(glyph.colour, opacity));
    QPainter mask(&tinted);
    mask.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    mask.drawImage(QPoint(), atlas, texels);
    mask.end();
    const QRectF source = glyph.texels.translated(-texels.topLeft());
    painter.drawImage(glyph.rect, tinted, source);
}

/// One display list in its own coordinates, as far as it reaches into `shown`.
void paintScene(QPainter& painter, CanvasView& view, const CanvasScene& scene, const CellUniforms& light, const QRectF& shown,
                bool outlines = false) {
    CellPainter facets(painter, view.theme(), light);
    for (const CellInstance& cell : scene.cells) {
        if (cell.rect.intersects(shown)) {
            facets.draw(cell);
        }
    }
    for (const GlyphInstance& glyph : scene.glyphs) {
        const bool isPath = outlines && glyph.fade == 0.0F && glyph.rect.intersects(shown) &&
                            drawOutline(painter, glyph, view.atlas(), view.sceneRatio(), toQColor(glyph.colour, glyph.opacity));
        if (!isPath && glyph.rect.intersects(shown)) {
            drawGlyph(painter, glyph, view.atlas().image(), light.fade);
        }
    }
}

/// Facets, text and rings in the coordinates of the page.
void paintPage(QPainter& painter, CanvasView& view, const QRectF& shown, const PaintStyle& style) {
    const CellUniforms still = cellUniforms(view.theme(), view.devicePixelRatio());
    CellUniforms light = still;
    const Motion motion = style.motion.value_or(view.motion());
    light.snap = motion.snap;
    light.fade = motion.fade;
    paintScene(painter, view, view.scene(), light, shown, style.outlines);
    paintScene(painter, view, {.cells = view.rings(), .glyphs = {}}, still, shown);
}

void paintCore(QPainter& painter, CanvasView& view, CoreSample& core, const PaintStyle& style) {
    const CoreUniforms light = coreUniforms(view.theme(), core.space(), view.document()->frame(), view.devicePixelRatio());
    paintCoreFaces(painter, core.faces().behind, light);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setTransform(core.pageMatrix().toTransform(), true);
    paintPage(painter, view, core.space().page, style);
    painter.restore();
    paintCoreFaces(painter, core.faces().before, light);
    paintCoreOverlay(painter, view);
}

}  // namespace

void paintCanvas(QPainter& painter, CanvasView& view, const PaintStyle& style) {
    const CanvasScene& overlay = view.overlay();  // first: it may set the atlas up anew
    const QRectF whole(QPointF(), view.viewport());
    painter.save();
    painter.fillRect(whole, toQColor(view.theme().window));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    if (CoreSample* core = view.core(); core != nullptr && !view.isEmpty()) {
        paintCore(painter, view, *core, style);
    } else {
        painter.translate(-view.drawnScroll());
        paintPage(painter, view, QRectF(view.scroll(), view.viewport()), style);
    }
    painter.restore();
    paintScene(painter, view, overlay, cellUniforms(view.theme(), view.devicePixelRatio()), whole, style.outlines);
    painter.restore();
}

QImage paintedCanvas(CanvasView& view) {
    const double ratio = view.devicePixelRatio();
    QImage image((view.viewport() * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paintCanvas(painter, view);
    return image;
}

}  // namespace crystallite
