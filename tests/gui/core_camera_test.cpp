// The camera of the core sample: against double precision, and there and back.

#include "app/canvas/core_sample/core_camera.h"

#include <gtest/gtest.h>

#include <QTransform>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace crystallite {
namespace {

constexpr QSizeF kViewport(880, 560);
// Pixels: floats carry 24 bits, coordinates here are below 2^12, and a projection is a few dozen operations with one cancellation.
constexpr double kPixelTolerance = 0.05;

CoreSpace someSpace() {
    return {.page = QRectF(30, 40, 800, 460), .spacing = 9.0F, .planes = 65.0F};
}

const std::vector<CoreCamera>& someCameras() {
    static const std::vector<CoreCamera> kCameras = {{},
                                                     {.yaw = 0.0F, .pitch = 0.0F},
                                                     {.yaw = -1.1F, .pitch = 0.9F},
                                                     {.yaw = 2.8F, .pitch = -0.7F, .zoom = 0.6F},
                                                     {.yaw = -0.4F, .pitch = 0.2F, .zoom = 1.3F, .target = {60.0F, -40.0F, 25.0F}}};
    return kCameras;
}

/// The camera's twin in double precision, by turning the world in place of the camera. Offsets from the target's own place on screen.
struct Twin {
    Twin(const CoreCamera& camera, double distance) : camera_(camera), distance_(distance) {}

    [[nodiscard]] std::array<double, 3> offsetAndDepth(const glm::vec3& world) const {
        const double x = double(world.x) - double(camera_.target.x);
        const double y = double(world.y) - double(camera_.target.y);
        const double z = double(world.z) - double(camera_.target.z);
        const double yaw = double(camera_.yaw);
        const double pitch = double(camera_.pitch);
        const double turnedX = x * std::cos(yaw) - z * std::sin(yaw);
        const double turnedZ = x * std::sin(yaw) + z * std::cos(yaw);
        const double tiltedY = y * std::cos(pitch) - turnedZ * std::sin(pitch);
        const double tiltedZ = y * std::sin(pitch) + turnedZ * std::cos(pitch);
        const double depth = distance_ - tiltedZ;
        const double focal = kViewport.height() / (2.0 * std::tan(double(CoreProjection::kFieldOfView) / 2.0));
        return {focal * turnedX / depth, -focal * tiltedY / depth, depth};
    }

private:
    CoreCamera camera_;
    double distance_;
};

TEST(CoreCamera, ProjectsAsItsTwinInDoublePrecision) {
    const CoreSpace space = someSpace();
    for (const CoreCamera& camera : someCameras()) {
        const CoreProjection projection(camera, space, kViewport);
        const Twin twin(camera, double(fittingDistance(space, kViewport)) / double(camera.zoom));
        const QPointF origin = projection.toViewport(camera.target);
        for (const QPointF onPage : {QPointF(30, 40), QPointF(830, 500), QPointF(101, 322), QPointF(640, 77)}) {
            for (const float frame : {0.5F, 17.5F, 64.5F}) {
                const glm::vec3 world = space.toWorld(onPage, space.depthOf(frame));
                const auto [x, y, depth] = twin.offsetAndDepth(world);
                const QPointF seen = projection.toViewport(world) - origin;
                EXPECT_NEAR(seen.x(), x, kPixelTolerance) << "yaw " << camera.yaw;
                EXPECT_NEAR(seen.y(), y, kPixelTolerance) << "yaw " << camera.yaw;
                EXPECT_NEAR(double(projection.toHomogeneous(world).z), depth, 1e-5 * depth);
            }
        }
    }
}

TEST(CoreCamera, PutsTheWholeBlockIntoTheMiddleOfTheViewport) {
    for (const QSizeF viewport : {QSizeF(880, 560), QSizeF(300, 700), QSizeF(1600, 200)}) {
        const CoreSpace space = someSpace();
        const glm::vec3 half = space.half();
        for (const float yaw : {CoreCamera::kYaw, 0.0F, 2.0F, -3.0F}) {
            const CoreProjection projection({.yaw = yaw}, space, viewport);
            QRectF seen;
            for (const float x : {-half.x, half.x}) {
                for (const float y : {-half.y, half.y}) {
                    for (const float z : {-half.z, half.z}) {
                        seen |= QRectF(projection.toViewport({x, y, z}), QSizeF(1e-9, 1e-9));
                    }
                }
            }
            EXPECT_NEAR(seen.center().x(), viewport.width() / 2.0, 0.5);
            EXPECT_NEAR(seen.center().y(), viewport.height() / 2.0, 0.5);
            if (yaw == CoreCamera::kYaw) {
                const double filled = std::max(seen.width() / viewport.width(), seen.height() / viewport.height());
                EXPECT_GT(filled, 0.8);
                EXPECT_LT(filled, 1.0);
            }
        }
    }
}

TEST(CoreCamera, ARayThroughAPixelComesBackToIt) {
    const CoreSpace space = someSpace();
    for (const CoreCamera& camera : someCameras()) {
        const CoreProjection projection(camera, space, kViewport);
        for (const float frame : {0.5F, 40.5F}) {
            const float z = space.depthOf(frame);
            for (const QPointF onPage : {QPointF(30, 40), QPointF(420, 260), QPointF(830, 500)}) {
                const QPointF pixel = projection.toViewport(space.toWorld(onPage, z));
                const auto hit = projection.onPlane(pixel, z);
                ASSERT_TRUE(hit.has_value());
                const QPointF back = space.toPage(*hit);
                EXPECT_NEAR(back.x(), onPage.x(), 0.1);
                EXPECT_NEAR(back.y(), onPage.y(), 0.1);
                const QPointF mapped = projection.planeMatrix(space, z).toTransform().map(onPage);
                EXPECT_NEAR(mapped.x(), pixel.x(), kPixelTolerance);
                EXPECT_NEAR(mapped.y(), pixel.y(), kPixelTolerance);
            }
        }
    }
}

TEST(CoreCamera, ARayAwayFromAPlaneMeetsNothing) {
    const CoreSpace space = someSpace();
    const CoreProjection front({.yaw = 0.0F, .pitch = 0.0F}, space, kViewport);
    EXPECT_FALSE(front.onPlane({440, 280}, front.eye().z + 1.0F).has_value());
    EXPECT_TRUE(front.onPlane({440, 280}, 0.0F).has_value());
}

TEST(CoreCamera, TurnsWithinItsLimits) {
    CoreCamera camera;
    camera.orbit(0.0F, 10.0F);
    EXPECT_FLOAT_EQ(camera.pitch, CoreCamera::kSteepest);
    camera.orbit(0.0F, -20.0F);
    EXPECT_FLOAT_EQ(camera.pitch, -CoreCamera::kSteepest);
    camera.yaw = 3.0F;
    camera.orbit(0.5F, 0.0F);
    EXPECT_NEAR(camera.yaw, 3.5F - 2.0F * 3.14159265F, 1e-5F) << "yaw goes round";
    camera.dolly(1000.0F, {});
    EXPECT_FLOAT_EQ(camera.zoom, CoreCamera::kNearest);
    camera.dolly(1e-6F, {});
    EXPECT_FLOAT_EQ(camera.zoom, CoreCamera::kFarthest);
}

TEST(CoreCamera, GoesNearerToWhatThePointerIsOn) {
    const CoreSpace space = someSpace();
    CoreCamera camera;
    const glm::vec3 pivot = space.toWorld({600, 120}, space.depthOf(50.0F));
    const QPointF before = CoreProjection(camera, space, kViewport).toViewport(pivot);
    camera.dolly(2.5F, pivot);
    const CoreProjection nearer(camera, space, kViewport);
    EXPECT_NEAR(nearer.toViewport(pivot).x(), before.x(), kPixelTolerance);
    EXPECT_NEAR(nearer.toViewport(pivot).y(), before.y(), kPixelTolerance);
    camera.dolly(1.0F / 2.5F, pivot);
    EXPECT_EQ(camera.target, glm::vec3(0.0F)) << "far enough away the middle of the block is looked at again";
}

}  // namespace
}  // namespace crystallite
