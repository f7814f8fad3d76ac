// The core sample as values: its camera, its block, what it is drawn with and in which order.

#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_ink.h"
#include "app/canvas/oklab.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
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

CoreTile tileAt(const CoreBlock& block, uint32_t position, uint32_t frame, float* fill) {
    for (const CoreSegment& segment : block.columns()[position]) {
        if (segment.begin <= frame && frame < segment.end) {
            *fill = segment.fill();
            return segment.tile;
        }
    }
    ADD_FAILURE() << "no segment of slot " << position << " holds frame " << frame;
    return {};
}

/// Every tile of the block says what the page says of the slot at that frame.
void expectSaysWhatThePageSays(const CoreBlock& block, const Trace& trace) {
    ASSERT_EQ(block.frames(), trace.steps() + 1);
    ASSERT_EQ(block.columns().size(), trace.slots());
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            const CellVisual visual = visualAt(trace, frame, position, {});
            float fill = 0.0F;
            const CoreTile tile = tileAt(block, position, frame, &fill);
            const bool revised = visual.change == CellChange::Remasked || visual.change == CellChange::Edited;
            ASSERT_EQ(tile.kind == TileKind::Revised, revised) << "slot " << position << " frame " << frame;
            ASSERT_EQ(tile.kind == TileKind::Committed, visual.change == CellChange::Committed);
            ASSERT_EQ(tile.kind == TileKind::Held || tile.kind == TileKind::Given || tile.kind == TileKind::Committed,
                      visual.state == CellState::Held && !revised);
            ASSERT_EQ(tile.end, visual.end);
            if (tile.kind == TileKind::Open) {
                ASSERT_EQ(tile.eligible, visual.eligible);
                ASSERT_LE(std::abs(fill - visual.fill.value()), block.tolerance() + 1e-6F) << "slot " << position << " frame " << frame;
            }
        }
    }
}

TEST(CoreBlock, SaysOfEveryTileWhatThePageSaysOfItsSlot) {
    const Trace trace = testing::syntheticTrace({.length = 48, .steps = 24, .blockLength = 16, .finishedSteps = 24, .remasks = true});
    CoreBlock block;
    block.grow(trace, {});
    expectSaysWhatThePageSays(block, trace);
    EXPECT_TRUE(block.holds(TileKind::Revised));
    EXPECT_TRUE(block.holds(TileKind::Given));
    EXPECT_FALSE(block.holds(TileKind::Absent));
    EXPECT_EQ(block.tolerance(), CoreBlock::kFinestTolerance);
}

TEST(CoreBlock, GrowsWithALiveRunToTheSameBlock) {
    const Trace whole = testing::syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16, .remasks = true});
    Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
    CoreBlock block;
    for (uint32_t step = 0; step <= whole.steps(); ++step) {
        if (step > 0) {
            growing.append(whole.record(step));
        }
        block.grow(growing, {});
        expectSaysWhatThePageSays(block, growing);
    }
    CoreBlock atOnce;
    atOnce.grow(whole, {});
    EXPECT_EQ(block.segments(), atOnce.segments());
}

TEST(CoreBlock, MergesALongRunAndKeepsItsBound) {
    const Trace trace = testing::syntheticTrace({.length = 256, .steps = 256, .finishedSteps = 256});
    CoreBlock block;
    block.grow(trace, {});
    EXPECT_LT(block.segments(), size_t{256} * 257 / 20) << "a prism stands for many tiles";
    size_t counted = 0;
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        uint32_t next = 0;
        for (const CoreSegment& segment : block.columns()[position]) {
            ASSERT_EQ(segment.begin, next) << "no gap and no overlap";
            ASSERT_LE(segment.high - segment.low, 2.0F * block.tolerance() + 1e-6F);
            next = segment.end;
            ++counted;
        }
        ASSERT_EQ(next, block.frames());
    }
    EXPECT_EQ(counted, block.segments());
}

TEST(CoreInk, IsBoundToTheNumbersOfTheTile) {
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        float denser = 0.0F;
        for (const float fill : {0.0F, 0.25F, 0.5F, 1.0F}) {
            const CoreInk open = coreInkOf({.kind = TileKind::Open}, fill, theme);
            EXPECT_EQ(open.colour, mixOklab(theme.facetClear, theme.facetDense, fill));
            EXPECT_GT(open.opacity, denser);
            denser = open.opacity;
            EXPECT_LT(coreInkOf({.kind = TileKind::Open, .eligible = false}, fill, theme).opacity, open.opacity);
            // A byte of the table is half of a 255th away at most.
            EXPECT_NEAR(CoreInks(theme).of({.kind = TileKind::Open}, fill).opacity, open.opacity, 0.5F / 255.0F);
        }
        const CoreInk committed = coreInkOf({.kind = TileKind::Committed}, 0.0F, theme);
        EXPECT_EQ(committed.colour, theme.committed);
        EXPECT_EQ(coreInkOf({.kind = TileKind::Revised}, 0.0F, theme).colour, theme.remasked);
        EXPECT_EQ(coreInkOf({.kind = TileKind::Revised}, 0.0F, theme).pattern, CorePattern::Hatched) << "not by colour alone";
        const CoreInk held = coreInkOf({.kind = TileKind::Held}, 0.0F, theme);
        const CoreInk end = coreInkOf({.kind = TileKind::Held, .end = true}, 0.0F, theme);
        EXPECT_LT(end.opacity, held.opacity);
        EXPECT_EQ(end.pattern, CorePattern::Dotted) << "not by opacity alone";
        EXPECT_TRUE(coreInkOf({.kind = TileKind::Absent}, 0.0F, theme).isBlank());
        // Frozen and open stay apart however uncertain the open one: OKLab distance of the two inks over the window.
        const auto over = [&](const CoreInk& ink) { return toOklab(theme.window + (ink.colour - theme.window) * ink.opacity); };
        EXPECT_GT(glm::distance(over(held), over(coreInkOf({.kind = TileKind::Open}, 1.0F, theme))), 0.05F);
        EXPECT_EQ(CoreInks(theme).of({.kind = TileKind::Held, .end = true}, 0.0F).opacity, end.opacity);
    }
}

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
    for (const CoreCamera& camera : someCameras()) {
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
