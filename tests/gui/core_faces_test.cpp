// What is drawn of the core sample, in which order, and what the pointer finds there.

#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace crystallite {
namespace {

constexpr QSizeF kViewport(880, 560);

/// Depth of a face at a point of the viewport; nothing beside it. 1/w is linear on screen over a plane.
std::optional<double> depthAt(const CoreFace& face, QPointF point) {
    std::array<QPointF, 4> p;
    for (size_t i = 0; i < 4; ++i) {
        p[i] = QPointF(double(face.corners[i].x / face.corners[i].z), double(face.corners[i].y / face.corners[i].z));
    }
    const auto side = [&](QPointF a, QPointF b) { return (b.x() - a.x()) * (point.y() - a.y()) - (b.y() - a.y()) * (point.x() - a.x()); };
    const std::array<double, 4> sides = {side(p[0], p[1]), side(p[1], p[3]), side(p[3], p[2]), side(p[2], p[0])};
    if (std::ranges::any_of(sides, [](double s) { return s <= 0.0; }) && std::ranges::any_of(sides, [](double s) { return s >= 0.0; })) {
        return std::nullopt;
    }
    const QPointF e1 = p[1] - p[0];
    const QPointF e2 = p[2] - p[0];
    const QPointF d = point - p[0];
    const double area = e1.x() * e2.y() - e1.y() * e2.x();
    const double a = (d.x() * e2.y() - d.y() * e2.x()) / area;
    const double b = (e1.x() * d.y() - e1.y() * d.x()) / area;
    const double inverse = 1.0 / double(face.corners[0].z) * (1.0 - a - b) + a / double(face.corners[1].z) + b / double(face.corners[2].z);
    return 1.0 / inverse;
}

class CoreFacesTest : public ::testing::Test {
protected:
    CoreFacesTest() {
        document_.reset(testing::syntheticTrace({.length = 60, .steps = 12, .finishedSteps = 12, .remasks = true}), false);
        view_.setDocument(&document_);
        view_.setViewport(kViewport, 1.0);
        view_.setShape(CanvasShape::CoreSample);
    }

    RunDocument document_;
    CanvasView view_{QGuiApplication::font()};
};

TEST_F(CoreFacesTest, AreDrawnFromTheFarthestToTheNearest) {
    // Faces on the border between two prisms are at the same depth, up to the rounding of floats.
    constexpr double kSameDepth = 1e-3;
    size_t compared = 0;
    for (const CoreCamera& camera : {CoreCamera{}, CoreCamera{.yaw = -0.7F, .pitch = 0.9F}, CoreCamera{.yaw = 2.6F, .pitch = -0.3F},
                                     CoreCamera{.yaw = 1.57F, .pitch = 0.1F}, CoreCamera{.yaw = 0.2F, .pitch = 0.05F, .zoom = 2.5F}}) {
        for (const uint32_t frame : {0U, 5U, 12U}) {
            document_.setFrame(frame);
            view_.core()->setCamera(camera);
            std::vector<CoreFace> order = view_.core()->faces().behind;
            order.insert(order.end(), view_.core()->faces().before.begin(), view_.core()->faces().before.end());
            ASSERT_GT(order.size(), 100U);
            for (double y = 7.3; y < kViewport.height(); y += 23.0) {
                for (double x = 5.1; x < kViewport.width(); x += 29.0) {
                    double last = 1e9;
                    for (const CoreFace& face : order) {
                        if (const auto depth = depthAt(face, {x, y})) {
                            ASSERT_LE(*depth, last * (1.0 + kSameDepth))
                                << "at " << x << ", " << y << " yaw " << camera.yaw << " frame " << frame;
                            last = *depth;
                            ++compared;
                        }
                    }
                }
            }
        }
    }
    EXPECT_GT(compared, 10'000U);
}

TEST_F(CoreFacesTest, WhatComesLaterIsFaintAndWhatIsBeforeTheLitPlaneIsInFrontOfIt) {
    document_.setFrame(5);
    const CoreFaces& faces = view_.core()->faces();
    ASSERT_FALSE(faces.before.empty());
    const float most = kLaterOpacity * 0.9F + 1e-6F;
    for (const CoreFace& face : faces.before) {
        EXPECT_GE(face.frames.x, 6.0F);
        EXPECT_LE(face.ink.opacity, most);
    }
    for (const CoreFace& face : faces.behind) {
        EXPECT_LE(face.frames.y, 5.0F);
    }
    EXPECT_TRUE(std::ranges::any_of(faces.behind, [](const CoreFace& face) { return face.ink.opacity > 0.8F; })) << "commits glow";
}

TEST_F(CoreFacesTest, PickingFindsEverySlotOfTheLitPlaneAndNothingBesideIt) {
    for (const CoreCamera& camera :
         {CoreCamera{}, CoreCamera{.yaw = -1.1F, .pitch = 0.9F}, CoreCamera{.yaw = 2.8F, .pitch = -0.7F, .zoom = 0.6F},
          CoreCamera{.yaw = -0.4F, .pitch = 0.2F, .zoom = 1.3F, .target = {60.0F, -40.0F, 25.0F}}}) {
        view_.core()->setCamera(camera);
        document_.setFrame(7);
        for (uint32_t position = 0; position < document_.trace().slots(); ++position) {
            const CoreSpace space = view_.core()->space();
            const QPointF middle =
                view_.core()->projection().toViewport(space.toWorld(view_.layout().slot(position).center(), space.depthOf(7.5F)));
            ASSERT_EQ(view_.slotAt(middle), position) << "yaw " << camera.yaw;
            ASSERT_TRUE(view_.slotRect(position).contains(middle));
        }
        EXPECT_EQ(view_.slotAt({-4000.0, 3.0}), std::nullopt);
    }
}

TEST_F(CoreFacesTest, NothingIsRebuiltUntilSomethingChanges) {
    static_cast<void>(view_.core()->faces());
    const uint64_t revision = view_.core()->revision();
    view_.setHovered(3);
    static_cast<void>(view_.core()->faces());
    EXPECT_EQ(view_.core()->revision(), revision);
    view_.core()->orbit(0.1F, 0.0F);
    static_cast<void>(view_.core()->faces());
    EXPECT_GT(view_.core()->revision(), revision);
}

TEST_F(CoreFacesTest, ASlotThatIsSelectedOutOfViewIsLookedAt) {
    view_.core()->setCamera({.zoom = CoreCamera::kNearest});
    const uint32_t last = document_.trace().slots() - 1;
    ASSERT_FALSE(QRectF(QPointF(), kViewport).contains(view_.slotRect(last)));
    document_.selectSlot(last);
    EXPECT_TRUE(QRectF(QPointF(), kViewport).contains(view_.slotRect(last).center()));
}

TEST(CoreSample, ALiveRunHasItsRoomFromTheFirstStepOn) {
    const Trace whole = testing::syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16});
    RunDocument document;
    CanvasView view(QGuiApplication::font());
    view.setViewport(kViewport, 1.0);
    view.setShape(CanvasShape::CoreSample);
    view.setDocument(&document);
    EXPECT_TRUE(view.core()->faces().behind.empty()) << "without a run nothing is drawn";
    document.reset(Trace(whole.header(), whole.canvas(0), whole.pieces(), {}), true);
    const float planes = view.core()->space().planes;
    EXPECT_EQ(planes, 17.0F);
    document.append(whole.record(1), {}, {});
    EXPECT_EQ(view.core()->space().planes, planes);
    EXPECT_EQ(view.core()->block().frames(), 2U);
    document.reset(whole, false);
    EXPECT_EQ(view.core()->block().frames(), 17U);
}

}  // namespace
}  // namespace crystallite
