#include "app/canvas/core_sample/core_sample.h"

#include "app/canvas/canvas_view.h"
#include "app/run_document.h"

#include <QPolygonF>

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

constexpr double kPageMargin = 26.0;  // around the slots; holds the lock in front of the prompt
constexpr double kDepth = 1.25;       // of the block, in sides of a square as large as the page
constexpr double kLeastSide = 160.0;

}  // namespace

void CoreSample::moved() {
    forgetFaces();
    Q_EMIT view_.changed();
}

void CoreSample::setCamera(const CoreCamera& camera) {
    camera_ = camera;
    moved();
}

void CoreSample::orbit(float yawBy, float pitchBy) {
    camera_.orbit(yawBy, pitchBy);
    moved();
}

void CoreSample::dolly(float factor, std::optional<QPointF> towards) {
    const float z = litDepth();
    glm::vec3 pivot(0.0F);
    if (towards) {
        pivot = projection().onPlane(*towards, z).value_or(pivot);
    } else if (const auto selected = view_.isEmpty() ? std::nullopt : view_.document()->selectedSlot()) {
        pivot = space().toWorld(view_.layout().slot(*selected).center(), z);
    }
    const glm::vec3 half = space().half();
    camera_.dolly(factor, glm::clamp(pivot, -half, half));
    moved();
}

void CoreSample::resetView() {
    setCamera({});
}

void CoreSample::reveal(uint32_t position) {
    if (position >= view_.layout().size() || QRectF(QPointF(), view_.viewport()).contains(slotRect(position))) {
        return;
    }
    camera_.target = space().toWorld(view_.layout().slot(position).center(), litDepth());
    moved();
}

CoreSpace CoreSample::space() {
    CoreSpace space;
    const CanvasLayout& layout = view_.layout();
    for (uint32_t position = 0; position < layout.size(); ++position) {
        space.page |= layout.slot(position);
    }
    space.page.adjust(-kPageMargin, -kPageMargin, kPageMargin, kPageMargin);
    if (!view_.isEmpty()) {
        const Trace& trace = view_.document()->trace();
        // A live run has its planned room from the first step on, so that the block grows and nothing in it moves.
        const uint32_t planned = view_.document()->isLive() ? trace.header().settings.steps : 0;
        space.planes = static_cast<float>(std::max(planned, trace.steps()) + 1);
    }
    const double side = std::max(std::sqrt(space.page.width() * space.page.height()), kLeastSide);
    space.spacing = static_cast<float>(kDepth * side) / space.planes;
    return space;
}

CoreProjection CoreSample::projection() {
    return {camera_, space(), view_.viewport()};
}

float CoreSample::litDepth() {
    return space().depthOf((view_.isEmpty() ? 0.0F : static_cast<float>(view_.document()->frame())) + 0.5F);
}

const CoreBlock& CoreSample::block() {
    if (view_.isEmpty()) {
        block_.clear();
    } else {
        block_.grow(view_.document()->trace(), view_.visualSettings());
    }
    return block_;
}

const CoreFaces& CoreSample::faces() {
    if (facesStale_) {
        facesStale_ = false;
        ++revision_;
        faces_ = {};
        if (!view_.isEmpty()) {
            const RunDocument& run = *view_.document();
            faces_ = coreFaces(block(), view_.layout(), space(), projection(), view_.theme(),
                               {.frame = run.frame(), .selected = run.selectedSlot(), .viewport = view_.viewport()});
        }
    }
    return faces_;
}

QMatrix4x4 CoreSample::pageMatrix() {
    return projection().planeMatrix(space(), litDepth());
}

double CoreSample::pageRatio() {
    constexpr double kSteps = 4.0;
    const double ratio = static_cast<double>(projection().scaleAt({0.0F, 0.0F, litDepth()})) * view_.devicePixelRatio();
    return std::clamp(std::ceil(ratio * kSteps) / kSteps, 1.0 / kSteps, 4.0);
}

std::optional<uint32_t> CoreSample::slotAt(QPointF viewportPoint) {
    const auto hit = projection().onPlane(viewportPoint, litDepth());
    return hit ? view_.layout().slotAt(space().toPage(*hit)) : std::nullopt;
}

QRectF CoreSample::slotRect(uint32_t position) {
    if (position >= view_.layout().size()) {
        return {};
    }
    const QRectF slot = view_.layout().slot(position);
    const CoreSpace space = this->space();
    const CoreProjection projection = this->projection();
    QPolygonF corners;
    for (const QPointF& corner : {slot.topLeft(), slot.topRight(), slot.bottomRight(), slot.bottomLeft()}) {
        const glm::vec3 world = space.toWorld(corner, litDepth());
        if (projection.toHomogeneous(world).z <= 0.0F) {
            return {};
        }
        corners << projection.toViewport(world);
    }
    return corners.boundingRect();
}

void CoreSample::forgetBlock() {
    block_.clear();
    forgetFaces();
}

void CoreSample::forgetFaces() {
    facesStale_ = true;
}

}  // namespace crystallite
