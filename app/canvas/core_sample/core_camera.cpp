#include "app/canvas/core_sample/core_camera.h"

#include <glm/common.hpp>
#include <glm/ext/scalar_constants.hpp>
#include <glm/geometric.hpp>
#include <glm/matrix.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crystallite {

namespace {

constexpr float kFilled = 0.86F;  // of the viewport by the block at zoom 1

/// The directions of a camera.
struct Axes {
    Axes(float yaw, float pitch)
        : back(std::sin(yaw) * std::cos(pitch), std::sin(pitch), std::cos(yaw) * std::cos(pitch)),
          right(std::cos(yaw), 0.0F, -std::sin(yaw)),
          up(glm::cross(back, right)) {}
    glm::vec3 back;  ///< from what is looked at to the eye
    glm::vec3 right;
    glm::vec3 up;
};

/// What the block covers, in tangents of the angle to the line of sight, seen from `distance` of its middle.
struct Bounds {
    glm::vec2 low{std::numeric_limits<float>::max()};
    glm::vec2 high{std::numeric_limits<float>::lowest()};
};

float aspectOf(QSizeF viewport) {
    return static_cast<float>(std::max(viewport.width(), 1.0) / std::max(viewport.height(), 1.0));
}

Bounds boundsOf(const CoreSpace& space, const Axes& axes, float distance) {
    Bounds bounds;
    for (uint32_t corner = 0; corner < 8; ++corner) {
        const glm::vec3 sign((corner & 1U) != 0 ? 1 : -1, (corner & 2U) != 0 ? 1 : -1, (corner & 4U) != 0 ? 1 : -1);
        const glm::vec3 point = space.half() * sign;
        const float along = std::max(distance - glm::dot(point, axes.back), 1e-3F * distance);
        const glm::vec2 seen(glm::dot(point, axes.right) / along, glm::dot(point, axes.up) / along);
        bounds.low = glm::min(bounds.low, seen);
        bounds.high = glm::max(bounds.high, seen);
    }
    return bounds;
}

}  // namespace

glm::vec3 CoreSpace::half() const {
    return {static_cast<float>(page.width()) / 2.0F, static_cast<float>(page.height()) / 2.0F, depth() / 2.0F};
}

glm::vec3 CoreSpace::toWorld(QPointF onPage, float z) const {
    const QPointF fromCentre = onPage - page.center();
    return {static_cast<float>(fromCentre.x()), static_cast<float>(-fromCentre.y()), z};
}

QPointF CoreSpace::toPage(const glm::vec3& world) const {
    return page.center() + QPointF(static_cast<double>(world.x), static_cast<double>(-world.y));
}

void CoreCamera::orbit(float yawBy, float pitchBy) {
    const float turn = 2.0F * glm::pi<float>();
    yaw = std::remainder(yaw + yawBy, turn);
    pitch = std::clamp(pitch + pitchBy, -kSteepest, kSteepest);
}

void CoreCamera::dolly(float factor, const glm::vec3& pivot) {
    const float before = zoom;
    zoom = std::clamp(zoom * factor, kFarthest, kNearest);
    if (zoom <= 1.0F) {
        target = glm::vec3(0.0F);
        return;
    }
    target = pivot + (target - pivot) * (before / zoom);
}

float fittingDistance(const CoreSpace& space, QSizeF viewport) {
    const Axes axes(CoreCamera::kYaw, CoreCamera::kPitch);
    const float tangent = std::tan(CoreProjection::kFieldOfView / 2.0F) * kFilled;
    const float radius = glm::length(space.half());
    // Outside of the sphere around it, the block lies in front of the eye and looks the smaller the farther it is.
    float near = 1.05F * radius;
    float far = 60.0F * radius;
    for (int halving = 0; halving < 24; ++halving) {
        const float middle = (near + far) / 2.0F;
        const Bounds seen = boundsOf(space, axes, middle);
        const glm::vec2 half = (seen.high - seen.low) / 2.0F;
        (half.x > tangent * aspectOf(viewport) || half.y > tangent ? near : far) = middle;
    }
    return std::max(far, 1.0F);
}

CoreProjection::CoreProjection(const CoreCamera& camera, const CoreSpace& space, QSizeF viewport) : viewport_(viewport) {
    const Axes axes(camera.yaw, camera.pitch);
    const float whole = fittingDistance(space, viewport);
    eye_ = camera.target + axes.back * (whole / camera.zoom);
    forward_ = -axes.back;
    right_ = axes.right;
    up_ = axes.up;
    const Bounds seen = boundsOf(space, axes, std::max(whole, 1.05F * glm::length(space.half())));
    shift_ = (seen.low + seen.high) / 2.0F;

    // Pinhole: the offsets along right and up over the distance along forward. Depth is not used, for everything is drawn in order.
    const float focal = static_cast<float>(viewport.height()) / (2.0F * std::tan(kFieldOfView / 2.0F));
    const auto centreX = static_cast<float>(viewport.width()) / 2.0F;
    const auto centreY = static_cast<float>(viewport.height()) / 2.0F;
    const glm::vec3 x = focal * right_ + (centreX - focal * shift_.x) * forward_;
    const glm::vec3 y = -focal * up_ + (centreY + focal * shift_.y) * forward_;
    const glm::mat4 rows(glm::vec4(x, -glm::dot(x, eye_)), glm::vec4(y, -glm::dot(y, eye_)), glm::vec4(0.0F),
                         glm::vec4(forward_, -glm::dot(forward_, eye_)));
    toPixels_ = glm::transpose(rows);
}

glm::vec3 CoreProjection::toHomogeneous(const glm::vec3& world) const {
    const glm::vec4 pixels = toPixels_ * glm::vec4(world, 1.0F);
    return {pixels.x, pixels.y, pixels.w};
}

QPointF CoreProjection::toViewport(const glm::vec3& world) const {
    const glm::vec3 h = toHomogeneous(world);
    return {static_cast<double>(h.x / h.z), static_cast<double>(h.y / h.z)};
}

std::optional<glm::vec3> CoreProjection::onPlane(QPointF viewportPoint, float z) const {
    const float tangent = std::tan(kFieldOfView / 2.0F);
    const auto x = static_cast<float>(2.0 * viewportPoint.x() / viewport_.width() - 1.0) * tangent * aspectOf(viewport_) + shift_.x;
    const auto y = static_cast<float>(1.0 - 2.0 * viewportPoint.y() / viewport_.height()) * tangent + shift_.y;
    const glm::vec3 ray = forward_ + right_ * x + up_ * y;
    const float along = (z - eye_.z) / ray.z;
    if (!std::isfinite(along) || along <= 0.0F) {
        return std::nullopt;
    }
    return eye_ + ray * along;
}

QMatrix4x4 CoreProjection::planeMatrix(const CoreSpace& space, float z) const {
    const glm::vec4 origin = toPixels_ * glm::vec4(space.toWorld(QPointF(), z), 1.0F);
    const glm::vec4& x = toPixels_[0];
    const glm::vec4 y = -toPixels_[1];
    return {x.x,  y.x,  0.0F, origin.x,  //
            x.y,  y.y,  0.0F, origin.y,  //
            0.0F, 0.0F, 1.0F, 0.0F,      //
            x.w,  y.w,  0.0F, origin.w};
}

float CoreProjection::scaleAt(const glm::vec3& world) const {
    const float distance = glm::dot(world - eye_, forward_);
    return static_cast<float>(viewport_.height()) / (2.0F * std::tan(kFieldOfView / 2.0F) * std::max(distance, 1.0F));
}

}  // namespace crystallite
