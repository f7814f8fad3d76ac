#include "app/canvas/core_sample/core_painter.h"

#include "app/canvas/core_sample/core_material.h"

#include <QPainter>
#include <QPolygonF>

#include <glm/common.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace crystallite {

namespace {

constexpr double kFinest = 3.0;   // logical pixels between two lines of steps, below which none is drawn
constexpr double kRimRoom = 4.0;  // a face thinner than this has no rim

QPointF toPoint(const glm::vec3& h) {
    return {static_cast<double>(h.x / h.z), static_cast<double>(h.y / h.z)};
}

double lengthOf(QPointF from, QPointF to) {
    return std::hypot(to.x() - from.x(), to.y() - from.y());
}

class FacePainter {
public:
    FacePainter(QPainter& painter, const CoreUniforms& light) : painter_(painter), light_(light) {}

    void draw(const CoreFace& face) {
        for (size_t i = 0; i < face.corners.size(); ++i) {
            points_[i] = toPoint(face.corners[i]);
        }
        outline_ = QPolygonF({points_[0], points_[1], points_[3], points_[2]});
        fill(face);
        const bool across = face.frames.x == face.frames.y;
        if (!across) {
            drawStepLines(face);
        }
        if (face.ink.edgeOpacity > 0.0F && std::min(lengthOf(points_[0], points_[1]), lengthOf(points_[0], points_[2])) > kRimRoom) {
            QPen pen(toQColor(face.ink.edge, face.ink.edgeOpacity), 1.0);
            pen.setStyle(face.ink.pattern == CorePattern::Dotted ? Qt::DotLine : Qt::SolidLine);
            painter_.setPen(pen);
            painter_.setBrush(Qt::NoBrush);
            painter_.drawConvexPolygon(outline_);
        }
    }

private:
    void fill(const CoreFace& face) {
        float opacity = face.ink.opacity;
        Colour colour = face.ink.colour;
        if (face.frames.x != face.frames.y) {
            const float middle = (face.frames.x + face.frames.y) / 2.0F;
            const float near = std::exp(-std::abs(middle - light_.litFrame) / light_.shineReach) * light_.shine;
            colour = glm::mix(colour, light_.shineColour, near * 0.6F);
            opacity = std::min(opacity * (1.0F + 1.2F * near), 1.0F);
        }
        if (opacity <= 0.0F) {
            return;
        }
        painter_.setPen(Qt::NoPen);
        if (face.ink.pattern == CorePattern::Hatched) {
            painter_.setBrush(toQColor(colour, opacity * 0.35F));
            painter_.drawConvexPolygon(outline_);
            painter_.setBrush(QBrush(toQColor(colour, opacity), Qt::BDiagPattern));
        } else {
            painter_.setBrush(toQColor(colour, opacity));
        }
        painter_.drawConvexPolygon(outline_);
    }

    void drawStepLines(const CoreFace& face) {
        const float frames = face.frames.y - face.frames.x;
        if (lengthOf(points_[0], points_[2]) < kFinest * static_cast<double>(frames)) {
            return;
        }
        painter_.setPen(QPen(toQColor(face.ink.colour, face.ink.opacity * 0.5F), 1.0));
        for (float frame = std::floor(face.frames.x) + 1.0F; frame < face.frames.y; frame += 1.0F) {
            const float u = (frame - face.frames.x) / frames;
            painter_.drawLine(toPoint(glm::mix(face.corners[0], face.corners[2], u)),
                              toPoint(glm::mix(face.corners[1], face.corners[3], u)));
        }
    }

    QPainter& painter_;
    const CoreUniforms& light_;
    std::array<QPointF, 4> points_;
    QPolygonF outline_;
};

}  // namespace

void paintCoreFaces(QPainter& painter, std::span<const CoreFace> faces, const CoreUniforms& light) {
    FacePainter face(painter, light);
    for (const CoreFace& next : faces) {
        face.draw(next);
    }
}

}  // namespace crystallite
