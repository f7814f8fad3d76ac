// Reads pixels of the core sample back from both renderers and compares them with what its faces say, blended here one after the other.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/cell_material.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QTest>

#include <glm/common.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

namespace crystallite {
namespace {

// A face is rounded to bytes when its colour is stored and again when it is blended: at most one unit each time, of which the faces above
// let less through. A pixel lies under at most kMostFaces.
constexpr int kByteTolerance = 4;
constexpr size_t kMostFaces = 12;
// The light inside a rim ends here, in pixels; see shaders/view/core_face.frag.
constexpr double kRimReach = 11.0;
// Where on a facet its colour is looked at: this far down, above its text.
constexpr float kDown = 0.20F;

QPointF corner(const CoreFace& face, size_t i) {
    return {double(face.corners[i].x / face.corners[i].z), double(face.corners[i].y / face.corners[i].z)};
}

/// Distance of a point from the border of a face, positive inside.
double insideBy(const CoreFace& face, QPointF point) {
    const std::array<QPointF, 4> around = {corner(face, 0), corner(face, 1), corner(face, 3), corner(face, 2)};
    double turns = 0.0;
    for (size_t i = 0; i < 4; ++i) {
        turns += around[i].x() * around[(i + 1) % 4].y() - around[(i + 1) % 4].x() * around[i].y();
    }
    double least = 1e9;
    for (size_t i = 0; i < 4; ++i) {
        const QPointF along = around[(i + 1) % 4] - around[i];
        const QPointF to = point - around[i];
        const double cross = (along.x() * to.y() - along.y() * to.x()) / std::max(std::hypot(along.x(), along.y()), 1e-9);
        least = std::min(least, turns > 0.0 ? cross : -cross);
    }
    return least;
}

class CorePixels : public ::testing::TestWithParam<CanvasRenderer> {
protected:
    void SetUp() override {
        document_.reset(testing::syntheticTrace({.length = 14, .steps = 6, .finishedSteps = 6}), false);
        canvas_.setTheme(theme_);
        canvas_.setReducedMotion(true);
        canvas_.setDocument(&document_);
        canvas_.resize(900, 620);
        canvas_.setShape(CanvasShape::CoreSample);
        canvas_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
    }

    /// Looks along time, with the eye on the axis of the slot, from the last step or from the first.
    void lookAlong(uint32_t position, bool fromTheEnd) {
        auto& view = const_cast<CanvasView&>(canvas_.view());
        const glm::vec3 target = canvas_.core()->space().toWorld(view.layout().slot(position).center(), 0.0F);
        canvas_.core()->setCamera({.yaw = fromTheEnd ? 0.0F : 3.14159265F, .pitch = 0.0F, .zoom = 1.2F, .target = target});
        image_ = canvas_.grabImage().convertToFormat(QImage::Format_RGB32);
        ASSERT_FALSE(image_.isNull());
    }

    /// A point of the slot on the lit plane that is left of and above its text.
    [[nodiscard]] QPointF upperLeft(uint32_t position) const {
        auto& view = const_cast<CanvasView&>(canvas_.view());
        const QRectF slot = view.layout().slot(position);
        const QPointF onPage = slot.topLeft() + QPointF(0.24 * slot.width(), static_cast<double>(kDown) * slot.height());
        const CoreSpace space = canvas_.core()->space();
        const float z = space.depthOf(static_cast<float>(document_.frame()) + 0.5F);
        const QPointF exact = canvas_.core()->projection().toViewport(space.toWorld(onPage, z));
        return {std::floor(exact.x()) + 0.5, std::floor(exact.y()) + 0.5};
    }

    /// What a held slot's facet is at upperLeft(): its fill under the gloss of cell.frag, kDown of the way from light to dark.
    [[nodiscard]] Colour heldFacet() const {
        const CellUniforms light = cellUniforms(theme_, canvas_.devicePixelRatioF());
        const Colour lit = glm::mix(theme_.facetSolid, Colour(1.0F), (1.0F - kDown) * 0.30F * light.highlight);
        return glm::mix(lit, Colour(0.0F), kDown * 0.30F * light.shadow);
    }

    /// `below` under the faces that hold the point; nothing where one of them is not flat there.
    [[nodiscard]] static std::optional<Colour> under(Colour below, const std::vector<CoreFace>& faces, QPointF point, size_t* count) {
        for (const CoreFace& face : faces) {
            const double inside = insideBy(face, point);
            if (inside < -1.5) {
                continue;
            }
            if (inside < kRimReach || face.frames.x != face.frames.y) {
                return std::nullopt;
            }
            below += (face.ink.colour - below) * face.ink.opacity;
            ++*count;
        }
        return below;
    }

    [[nodiscard]] QRgb pixelAt(QPointF point) const {
        return image_.pixel(static_cast<int>(std::floor(point.x())), static_cast<int>(std::floor(point.y())));
    }

    [[nodiscard]] ::testing::AssertionResult shows(QPointF point, const Colour& wanted) const {
        const QRgb drawn = pixelAt(point);
        const QRgb bound = toQColor(wanted).rgb();
        const bool same = std::abs(qRed(drawn) - qRed(bound)) <= kByteTolerance &&
                          std::abs(qGreen(drawn) - qGreen(bound)) <= kByteTolerance &&
                          std::abs(qBlue(drawn) - qBlue(bound)) <= kByteTolerance;
        return (same ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
               << std::hex << "drawn " << drawn << " bound " << bound << " at " << std::dec << point.x() << ", " << point.y();
    }

    [[nodiscard]] std::vector<uint32_t> answerSlots() const {
        std::vector<uint32_t> positions;
        for (uint32_t position = document_.trace().promptLength(); position < document_.trace().slots(); ++position) {
            positions.push_back(position);
        }
        return positions;
    }

    Theme theme_ = Theme::darkTheme();
    RunDocument document_;
    CanvasWidget canvas_{nullptr, GetParam()};
    QImage image_;
};

TEST_P(CorePixels, TheFacesBeforeTheLitPlaneAreBlendedAsTheirTilesSay) {
    // From the first step's side everything lies before the page of the last one: open tiles, the commit, and what was held since.
    document_.setFrame(6);
    size_t looked = 0;
    for (const uint32_t position : answerSlots()) {
        if (document_.trace().isEnd(document_.trace().canvas(6).token(position))) {
            continue;  // has no facet that fills it
        }
        lookAlong(position, false);
        const QPointF point = upperLeft(position);
        size_t count = 0;
        const auto expected = under(heldFacet(), canvas_.core()->faces().before, point, &count);
        if (!expected || count == 0 || count > kMostFaces) {
            continue;
        }
        EXPECT_TRUE(shows(point, *expected)) << "slot " << position << " under " << count << " faces";
        ++looked;
    }
    EXPECT_GE(looked, 4U) << "too few slots were wide enough to look at";
}

TEST_P(CorePixels, ACommittedTileIsAmberAndAnOpenOneIsNot) {
    // From the first step's side: what the first step committed has nothing but unmeasured tiles before it, and what the last step commits
    // has open ones alone before the page.
    document_.setFrame(6);
    size_t committed = 0;
    size_t open = 0;
    for (const uint32_t position : answerSlots()) {
        const uint32_t step = document_.trace().lastChange(position, 6)->step;
        if ((step != 1 && step != 6) || document_.trace().isEnd(document_.trace().canvas(6).token(position))) {
            continue;
        }
        lookAlong(position, false);
        const QRgb pixel = pixelAt(upperLeft(position));
        // Amber of opacity 0.9 over anything: red exceeds blue by 0.9 of its own difference, 202 of 255, less at most 0.1 of 255.
        if (step == 1) {
            EXPECT_GT(qRed(pixel) - qBlue(pixel), 150) << "slot " << position;
            ++committed;
        } else {
            EXPECT_LE(qRed(pixel), qBlue(pixel)) << "slot " << position;
            ++open;
        }
    }
    EXPECT_GE(committed, 1U);
    EXPECT_GE(open, 1U);
}

TEST_P(CorePixels, TheLitPlaneIsASheetOfItsOwnColour) {
    document_.setFrame(6);
    canvas_.core()->setCamera({.yaw = 0.0F, .pitch = 0.0F});
    image_ = canvas_.grabImage().convertToFormat(QImage::Format_RGB32);
    const CoreFace& sheet = canvas_.core()->faces().behind.back();
    EXPECT_TRUE(canvas_.core()->faces().before.empty()) << "nothing comes after the last step";
    // In the margin of the page nothing of the block lies behind the sheet, seen from the front.
    const CoreSpace space = canvas_.core()->space();
    const QPointF exact = canvas_.core()->projection().toViewport(
        space.toWorld(space.page.topRight() + QPointF(-space.page.width() / 4.0, 19.0), space.depthOf(6.5F)));
    const QPointF point(std::floor(exact.x()) + 0.5, std::floor(exact.y()) + 0.5);
    ASSERT_GT(insideBy(sheet, point), kRimReach);
    size_t count = 0;
    const auto expected = under(theme_.window, canvas_.core()->faces().behind, point, &count);
    ASSERT_TRUE(expected.has_value());
    EXPECT_TRUE(shows(point, *expected));
    EXPECT_NE(toQColor(*expected).rgb(), toQColor(theme_.window).rgb());
}

TEST_P(CorePixels, ThePictureIsTheSameForTheSameState) {
    document_.setFrame(3);
    const QImage first = canvas_.grabImage();
    canvas_.core()->orbit(0.4F, 0.1F);
    const QImage turned = canvas_.grabImage();
    canvas_.core()->resetView();
    EXPECT_NE(first, turned);
    EXPECT_EQ(canvas_.grabImage(), first) << "a function of trace, frame and camera";
    canvas_.setShape(CanvasShape::Page);
    const QImage page = canvas_.grabImage();
    EXPECT_NE(page, first);
    canvas_.setShape(CanvasShape::CoreSample);
    EXPECT_EQ(canvas_.grabImage(), first);
}

TEST_P(CorePixels, TheBlockTheTextAndTheWordsAroundItAreAllThere) {
    document_.setFrame(4);
    const QImage image = canvas_.grabImage().convertToFormat(QImage::Format_RGB32);
    const auto count = [&](const QRect& area, auto wanted) {
        int64_t found = 0;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x) {
                found += wanted(image.pixel(x, y)) ? 1 : 0;
            }
        }
        return found;
    };
    const QRgb window = toQColor(theme_.window).rgb();
    const auto drawn = [&](QRgb pixel) { return (pixel | 0xFF000000U) != window; };
    const auto bright = [](QRgb pixel) { return qRed(pixel) > 170 && qGreen(pixel) > 170 && qBlue(pixel) > 170; };
    const auto amber = [](QRgb pixel) { return qRed(pixel) > qBlue(pixel) + 60; };
    EXPECT_GT(count(image.rect(), drawn), image.width() * image.height() / 6) << "the block";
    EXPECT_GT(count(image.rect(), amber), 200) << "its commits";
    QRect plane;
    for (const uint32_t position : answerSlots()) {
        plane |= canvas_.slotRect(position);
    }
    EXPECT_GT(count(plane, bright), 100) << "text of the lit plane";
    EXPECT_GT(count(QRect(0, 500, 300, 120), drawn), 4'000) << "the legend";
}

std::string rendererName(const ::testing::TestParamInfo<CanvasRenderer>& info) {
    return info.param == CanvasRenderer::SceneGraph ? "SceneGraph" : "Painter";
}

INSTANTIATE_TEST_SUITE_P(Renderers, CorePixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter), rendererName);

}  // namespace
}  // namespace crystallite
