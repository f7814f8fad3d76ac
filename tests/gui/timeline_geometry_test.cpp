#include "app/timeline_geometry.h"

#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

TEST(TimelineGeometry, FindsTheFrameOfEveryColumnCentre) {
    for (const uint32_t last : {0U, 1U, 32U, 1024U}) {
        const TimelineGeometry geometry(QSizeF(800, 180), last, 64);
        for (uint32_t frame = 0; frame <= last; ++frame) {
            ASSERT_EQ(geometry.frameAt(geometry.column(frame).center().x()), frame) << "of " << last;
        }
    }
}

TEST(TimelineGeometry, ColumnsFillTheTracksWithoutGaps) {
    const TimelineGeometry geometry(QSizeF(800, 180), 7, 64);

    EXPECT_DOUBLE_EQ(geometry.column(0).left(), geometry.columns.left());
    for (uint32_t frame = 0; frame < 7; ++frame) {
        EXPECT_NEAR(geometry.column(frame).right(), geometry.column(frame + 1).left(), 1e-9);
    }
    EXPECT_NEAR(geometry.column(7).right(), geometry.columns.right(), 1e-9);
}

TEST(TimelineGeometry, ADragBeyondTheEndsStaysOnTheFirstAndLastFrame) {
    const TimelineGeometry geometry(QSizeF(800, 180), 32, 64);

    EXPECT_EQ(geometry.frameAt(-500), 0U);
    EXPECT_EQ(geometry.frameAt(5000), 32U);
}

TEST(TimelineGeometry, FindsTheSlotOfEveryHeatmapRow) {
    const TimelineGeometry geometry(QSizeF(800, 180), 32, 64);

    for (uint32_t slot = 0; slot < 64; ++slot) {
        ASSERT_EQ(geometry.answerSlotAt(geometry.heatmapRow(slot).center().y()), slot);
    }
    EXPECT_FALSE(geometry.answerSlotAt(geometry.heatmap.top() - 1));
    EXPECT_FALSE(geometry.answerSlotAt(geometry.heatmap.bottom()));
}

TEST(TimelineGeometry, TracksLieBelowEachOtherEvenInASmallPanel) {
    for (const QSizeF size : {QSizeF(800, 180), QSizeF(120, 90)}) {
        const TimelineGeometry geometry(size, 32, 64);
        EXPECT_LE(geometry.masked.bottom(), geometry.entropy.top());
        EXPECT_LE(geometry.entropy.bottom(), geometry.commits.top());
        EXPECT_LE(geometry.commits.bottom(), geometry.heatmap.top());
        EXPECT_GE(geometry.heatmap.height(), 0.0);
        EXPECT_GT(geometry.columnWidth(), 0.0);
    }
}

}  // namespace
}  // namespace crystallite::testing
