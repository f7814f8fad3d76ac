#include "app/canvas/core_sample/core_camera.h"

#include <glm/common.hpp>
#include <glm/ext/matrix_clip_space.hpp>
#include <glm/ext/matrix_transform.hpp>
#include <glm/ext/scalar_constants.hpp>
#include <glm/geometric.hpp>
#include <glm/mat3x3.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace crystallite {

namespace {

constexpr float kFilled = 0.90F;  // of the viewport by the block at zoom 1

glm::vec3 towardsEye(float yaw, float pitch) {
    return {std::sin(yaw) * std::cos(pitch), std::sin(pitch), std::cos(yaw) * std::cos(pitch)};
}

float aspectOf(QSizeF viewport) {
    return static_cast<float>(std::max(viewport.width(), 1.0) / std::max(viewport.height(), 1.0));
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
    const glm::vec3 back = towardsEye(CoreCamera::kYaw, CoreCamera::kPitch);
    const glm::vec3 right = glm::normalize(glm::cross(glm::vec3(0.0F, 1.0F, 0.0F), back));
    const glm::vec3 up = glm::cross(back, right);
    const float tangent = std::tan(CoreProjection::kFieldOfView / 2.0F) * kFilled;
    const glm::vec3 half = space.half();
    float distance = 1.0F;
    for (uint32_t corner = 0; corner < 8; ++corner) {
        const glm::vec3 point = half * glm::vec3((corner & 1U) != 0 ? 1 : -1, (corner & 2U) != 0 ? 1 : -1, (corner & 4U) != 0 ? 1 : -1);
        const float across = std::abs(glm::dot(point, right)) / (tangent * aspectOf(viewport));
        const float down = std::abs(glm::dot(point, up)) / tangent;
        distance = std::max(distance, glm::dot(point, back) + std::max(across, down));
    }
    return distance;
}

CoreProjection::CoreProjection(const CoreCamera& camera, const CoreSpace& space, QSizeF viewport) : viewport_(viewport) {
    const float distance = fittingDistance(space, viewport) / camera.zoom;
    const glm::vec3 back = towardsEye(camera.yaw, camera.pitch);
    eye_ = camera.target + back * distance;
    forward_ = -back;
    right_ = glm::normalize(glm::cross(forward_, glm::vec3(0.0F, 1.0F, 0.0F)));
    up_ = glm::cross(right_, forward_);
    // Depth is not used: planes and tiles are drawn in order. Near and far only have to be valid.
    const glm::mat4 clip = glm::perspective(kFieldOfView, aspectOf(viewport), 1.0F, 2.0F) * glm::lookAt(eye_, camera.target, up_);
    const auto width = static_cast<float>(viewport.width());
    const auto height = static_cast<float>(viewport.height());
    glm::mat4 pixels(0.0F);  // (x + w) W/2, (w - y) H/2, 0, w
    pixels[0][0] = width / 2.0F;
    pixels[3][0] = width / 2.0F;
    pixels[1][1] = -height / 2.0F;
    pixels[3][1] = height / 2.0F;
    pixels[3][3] = 1.0F;
    toPixels_ = pixels * clip;
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
    const auto x = static_cast<float>(2.0 * viewportPoint.x() / viewport_.width() - 1.0) * tangent * aspectOf(viewport_);
    const auto y = static_cast<float>(1.0 - 2.0 * viewportPoint.y() / viewport_.height()) * tangent;
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
