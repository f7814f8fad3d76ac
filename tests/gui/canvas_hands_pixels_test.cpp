// What a person did to a slot: the pencil, and the number of its place in the order by hand. Pixels of both renderers.

#include "tests/gui/canvas_pixels_fixture.h"

#include "tests/support/synthetic_trace.h"

namespace crystallite {
namespace {

using testing::CanvasPixels;
using testing::kFirstScriptedPiece;
using testing::near;
using testing::rgb;
using testing::scriptedTrace;

constexpr int kMarkSide = 18;
constexpr int kNumberWidth = 30;  // of "#1" with its margin
// Strokes of a mark are thin: most of its pixels are blends.
constexpr int kInkTolerance = 60;

SlotEvent event(EventKind kind, uint32_t position, TokenId after = kFirstScriptedPiece) {
    return {.kind = kind, .position = position, .after = after, .probability = kind == EventKind::Commit ? 0.9F : 0.0F};
}

class HandsPixels : public CanvasPixels {
protected:
    [[nodiscard]] int64_t pencilInk(uint32_t position) const {
        const QRect inside = canvas_.slotRect(position).adjusted(3, 3, -3, -3);
        return count(QRect(inside.bottomLeft() - QPoint(0, kMarkSide - 1), QSize(kMarkSide, kMarkSide)), rgb(theme_.accent), kInkTolerance);
    }
    /// The corner in which the number of the order stands.
    [[nodiscard]] QImage number(uint32_t position) const {
        return image_.copy(QRect(canvas_.slotRect(position).adjusted(3, 3, -3, -3).topLeft(), QSize(kNumberWidth, kMarkSide)));
    }
    [[nodiscard]] bool isInk(QRgb pixel) const { return near(pixel, rgb(theme_.accent), kInkTolerance); }
    [[nodiscard]] int64_t ink(const QImage& part) const { return differences(part, QImage()); }
    /// Pixels that are ink in one of them alone; an empty one has none.
    [[nodiscard]] int64_t differences(const QImage& a, const QImage& b) const {
        int64_t found = 0;
        for (int y = 0; y < kMarkSide; ++y) {
            for (int x = 0; x < kNumberWidth; ++x) {
                found += isInk(a.pixel(x, y)) != (!b.isNull() && isInk(b.pixel(x, y))) ? 1 : 0;
            }
        }
        return found;
    }
    void showFrame(uint32_t frame) {
        document_.setFrame(frame);
        grab();
    }
};

TEST_P(HandsPixels, AChangeByHandHasAPencilUntilTheNextChange) {
    show(scriptedTrace({.length = 2,
                        .pieces = {" word", " other"},
                        .steps = {{.events = {event(EventKind::Commit, 1)}},
                                  {.events = {event(EventKind::Commit, 2)}, .byHand = true},
                                  {.events = {event(EventKind::Edit, 2, kFirstScriptedPiece + 1)}}}}),
         2);
    ASSERT_TRUE(visual(2).byHand);
    EXPECT_GT(pencilInk(2), 8);
    EXPECT_EQ(pencilInk(1), 0) << "the sampler wrote it";

    showFrame(3);
    EXPECT_EQ(pencilInk(2), 0) << "the sampler wrote over it";
    showFrame(1);
    EXPECT_EQ(pencilInk(2), 0) << "and before it there was nothing";
}

TEST_P(HandsPixels, TheOrderByHandIsANumberThatFollowsTheQueue) {
    show(scriptedTrace({.length = 3,
                        .pieces = {" word"},
                        .steps = {{},
                                  {.events = {event(EventKind::Prefer, 2, 0)}, .byHand = true},
                                  {.events = {event(EventKind::Prefer, 1, 0)}, .byHand = true},
                                  {.events = {event(EventKind::Commit, 2)}}}}),
         3);
    ASSERT_EQ(visual(2).queue, 1U);
    ASSERT_EQ(visual(1).queue, 2U);
    const QImage one = number(2);
    const QImage two = number(1);
    EXPECT_GT(ink(one), 8);
    EXPECT_EQ(ink(number(3)), 0);

    showFrame(4);
    ASSERT_EQ(visual(1).queue, 1U);
    EXPECT_EQ(ink(number(2)), 0) << "it is committed";
    const QImage next = number(1);
    EXPECT_LT(2 * differences(next, one), differences(next, two)) << "the next one is the first now";
}

INSTANTIATE_TEST_SUITE_P(Renderers, HandsPixels, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         testing::rendererName);

}  // namespace
}  // namespace crystallite
