#include "app/timeline_geometry.h"

#include <gtest/gtest.h>

#include <cmath>

namespace crystallite::testing {
namespace {

constexpr Track kAll[] = {Track::Blocks,  Track::Steps,     Track::Marks, Track::Masked, Track::Entropy,
                          Track::Commits, Track::Revisions, Track::Time,  Track::Heatmap};

TimelineGeometry geometryOf(QSizeF size, uint32_t lastFrame, uint32_t answerSlots = 64) {
    return TimelineGeometry({.size = size, .window = TimeWindow(lastFrame + 1), .answerSlots = answerSlots});
}

TEST(TimelineGeometry, FindsTheFrameOfEveryColumnCentre) {
    for (const uint32_t last : {0U, 1U, 32U, 256U}) {
        const TimelineGeometry geometry = geometryOf({800, 240}, last);
        for (uint32_t frame = 0; frame <= last; ++frame) {
            ASSERT_EQ(geometry.frameAt(geometry.column(frame).center().x()), frame) << "of " << last;
        }
    }
    // Columns narrower than a pixel have a place of their own all the same.
    const TimelineGeometry narrow = geometryOf({800, 240}, 1024);
    for (uint32_t frame = 0; frame <= 1024; ++frame) {
        ASSERT_EQ(narrow.frameAt(narrow.xOf(frame + 0.5)), frame);
    }
}

TEST(TimelineGeometry, ColumnsLieOnDevicePixelsAndFillTheTracksWithoutGaps) {
    for (const double ratio : {1.0, 1.25, 1.5, 2.0}) {
        const TimelineGeometry geometry({.size = {811, 243}, .window = TimeWindow(58), .answerSlots = 64, .pixelRatio = ratio});
        EXPECT_DOUBLE_EQ(geometry.column(0).left(), geometry.columns().left());
        EXPECT_NEAR(geometry.column(57).right(), geometry.columns().right(), 1e-9);
        for (uint32_t frame = 0; frame <= 57; ++frame) {
            EXPECT_NEAR(geometry.column(frame).right(), geometry.edge(frame + 1), 1e-9);
            const double pixels = geometry.edge(frame) * ratio;
            EXPECT_NEAR(pixels, std::round(pixels), 1e-6) << "frame " << frame << " at " << ratio;
            EXPECT_NEAR(geometry.edge(frame), geometry.xOf(frame), 0.5 / ratio + 1e-9);
        }
        for (const Track track : kAll) {
            const double top = geometry.track(track).top() * ratio;
            EXPECT_NEAR(top, std::round(top), 1e-6) << static_cast<int>(track) << " at " << ratio;
        }
    }
}

TEST(TimelineGeometry, AZoomedWindowFillsTheSameColumns) {
    const TimelineGeometry geometry({.size = {800, 240}, .window = TimeWindow(1000).over(400, 449), .answerSlots = 64});

    EXPECT_DOUBLE_EQ(geometry.column(400).left(), geometry.columns().left());
    EXPECT_NEAR(geometry.column(449).right(), geometry.columns().right(), 1e-9);
    EXPECT_EQ(geometry.frameAt(-500), 400U) << "a drag beyond the ends stays in view";
    EXPECT_EQ(geometry.frameAt(5000), 449U);
    EXPECT_NEAR(geometry.overviewThumb().width(), geometry.overview().width() * 0.05, 1e-9);
    EXPECT_NEAR(geometry.overviewColumnAt(geometry.overviewThumb().left()), 400.0, 1e-6);
}

TEST(TimelineGeometry, ADragBeyondTheEndsStaysOnTheFirstAndLastFrame) {
    const TimelineGeometry geometry = geometryOf({800, 240}, 32);

    EXPECT_EQ(geometry.frameAt(-500), 0U);
    EXPECT_EQ(geometry.frameAt(5000), 32U);
}

TEST(TimelineGeometry, FindsTheSlotOfEveryHeatmapRow) {
    const TimelineGeometry geometry = geometryOf({800, 240}, 32);

    for (uint32_t slot = 0; slot < 64; ++slot) {
        ASSERT_EQ(geometry.answerSlotAt(geometry.heatmapRow(slot).center().y()), slot);
    }
    EXPECT_FALSE(geometry.answerSlotAt(geometry.track(Track::Heatmap).top() - 1));
    EXPECT_FALSE(geometry.answerSlotAt(geometry.track(Track::Heatmap).bottom()));
}

TEST(TimelineGeometry, TracksLieBelowEachOtherEvenInASmallPanel) {
    for (const QSizeF size : {QSizeF(800, 240), QSizeF(800, 130), QSizeF(120, 60), QSizeF(1, 1)}) {
        const TimelineGeometry geometry({.size = size, .window = TimeWindow(33), .answerSlots = 64, .hasBlocks = true});
        double bottom = 0.0;
        for (const Track track : kAll) {
            if (geometry.shows(track)) {
                EXPECT_GE(geometry.track(track).top(), bottom);
                bottom = geometry.track(track).bottom();
                EXPECT_EQ(geometry.trackAt(geometry.track(track).center().y()), track);
            }
        }
        EXPECT_GE(geometry.track(Track::Heatmap).height(), 0.0);
        EXPECT_GT(geometry.columnWidth(), 0.0);
    }
}

TEST(TimelineGeometry, DropsTheRowsThatAreMissedLeastWhenThePanelIsLow) {
    const auto shows = [](double height, Track track) {
        return TimelineGeometry({.size = {800, height}, .window = TimeWindow(33), .answerSlots = 64}).shows(track);
    };

    EXPECT_TRUE(shows(214, Track::Time));
    EXPECT_FALSE(shows(130, Track::Time));
    for (const double height : {214.0, 150.0, 130.0}) {
        for (const Track track : {Track::Steps, Track::Masked, Track::Entropy, Track::Commits, Track::Heatmap}) {
            EXPECT_TRUE(shows(height, track)) << height;
        }
    }
}

TEST(TimelineGeometry, AFoldedHeatmapIsOneLineUnderAllRows) {
    for (const bool hasBlocks : {false, true}) {
        const double height = TimelineGeometry::foldedHeight(14.0, hasBlocks);
        const TimelineGeometry geometry(
            {.size = {800, height}, .window = TimeWindow(33), .answerSlots = 64, .hasBlocks = hasBlocks, .foldsHeatmap = true});
        EXPECT_TRUE(geometry.shows(Track::Time)) << "nothing else is lost";
        EXPECT_EQ(geometry.shows(Track::Blocks), hasBlocks);
        EXPECT_NEAR(geometry.track(Track::Heatmap).height(), 13.0, 1.0);
        EXPECT_LE(geometry.overview().bottom(), height);
    }
}

TEST(TimelineGeometry, LargerTypeMakesEveryRowHigher) {
    const TimelineGeometry usual({.size = {1200, 600}, .window = TimeWindow(33), .answerSlots = 64});
    const TimelineGeometry large({.size = {1200, 600}, .window = TimeWindow(33), .answerSlots = 64, .lineHeight = 28.0});
    for (const Track track : {Track::Steps, Track::Marks, Track::Masked, Track::Entropy, Track::Commits, Track::Time}) {
        EXPECT_NEAR(large.track(track).height(), 2 * usual.track(track).height(), 1.0);
    }
    EXPECT_NEAR(large.columns().left(), 2 * usual.columns().left(), 1.0) << "and gives its names room";
}

}  // namespace
}  // namespace crystallite::testing
