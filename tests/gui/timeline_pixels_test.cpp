#include "app/shell_style.h"
#include "app/timeline_heatmap.h"
#include "tests/gui/timeline_fixture.h"

#include <QPaintEvent>

#include <cmath>
#include <utility>

// What the timeline draws, compared with the numbers of the trace, and how much of it is painted for what.

namespace crystallite::testing {
namespace {

/// The area that paint events have asked for.
class PaintedArea : public QObject {
public:
    explicit PaintedArea(QWidget& widget) { widget.installEventFilter(this); }
    [[nodiscard]] QRegion take() { return std::exchange(region_, {}); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            region_ += static_cast<QPaintEvent*>(event)->region();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QRegion region_;
};

int64_t areaOf(const QRegion& region) {
    int64_t area = 0;
    for (const QRect& rect : region) {
        area += int64_t{rect.width()} * rect.height();
    }
    return area;
}

TEST_F(TimelineTracksTest, MaskedBarsAreAsHighAsTheMaskedShare) {
    show({.length = 40, .steps = 20, .finishedSteps = 20});
    grab();
    const QRectF row = geometry().track(Track::Masked);
    const QRgb colour = mix(theme_.panel, theme_.masked, 0.75F).rgb();

    for (uint32_t frame = 0; frame < 20; ++frame) {
        const double share = document_.trace().canvas(frame).maskedCount() / 40.0;
        EXPECT_NEAR(countOf(colour, geometry().bar(Track::Masked, frame).center().x(), row), share * row.height(), 0.51) << frame;
    }
    EXPECT_EQ(countOf(colour, geometry().bar(Track::Masked, 20).center().x(), row), 0) << "nothing is left";
}

TEST_F(TimelineTracksTest, TheCurveIsAtTheMeanEntropy) {
    show({.length = 40, .steps = 20, .finishedSteps = 20});
    grab();
    const QRectF row = geometry().track(Track::Entropy);
    const QRgb dot = toQColor(theme_.guess).rgb();

    for (uint32_t frame = 1; frame < 20; ++frame) {
        const double share = meanEntropy(document_.trace().record(frame)) / tracks_.series().scales().entropyNats;
        const double x = geometry().cell(Track::Entropy, frame).center().x();
        double sum = 0.0;
        int count = 0;
        for (int y = static_cast<int>(row.top()); y < static_cast<int>(row.bottom()); ++y) {
            // The line's end over the dot may round it by a few.
            if (std::abs(qBlue(pixel(x, y)) - qBlue(dot)) + std::abs(qRed(pixel(x, y)) - qRed(dot)) <= 6) {
                sum += y + 0.5;
                ++count;
            }
        }
        ASSERT_GT(count, 0) << frame;
        // The dot keeps its radius off the row's edges; its whole pixels may lie half a pixel beside its centre.
        EXPECT_NEAR(sum / count, row.bottom() - 1.7 - share * (row.height() - 3.4), 0.6) << frame;
    }
}

TEST_F(TimelineTracksTest, CommitsAreTicksToBeCountedOrBarsToScale) {
    show({.length = 60, .steps = 20, .finishedSteps = 20});
    grab();
    const QRgb colour = toQColor(theme_.committed).rgb();
    for (uint32_t frame = 1; frame < 20; ++frame) {
        const QRectF cell = geometry().cell(Track::Commits, frame);
        int ticks = 0;
        for (double x = cell.left(); x < cell.right(); x += 1.0) {
            ticks += pixel(x, cell.center().y()) == colour && pixel(x - 1, cell.center().y()) != colour ? 1 : 0;
        }
        EXPECT_EQ(ticks, 3) << frame;
    }

    show({.length = 256, .steps = 6, .finishedSteps = 6});
    grab();
    const double height = geometry().track(Track::Commits).height();
    for (uint32_t frame = 1; frame < 6; ++frame) {
        const auto commits = static_cast<double>(document_.trace().record(frame).events.size());
        const QRectF bar = geometry().bar(Track::Commits, frame);
        EXPECT_NEAR(countOf(colour, bar.center().x(), bar), commits / tracks_.series().scales().commits * height, 0.51) << frame;
    }
}

TEST_F(TimelineTracksTest, EveryHeatmapCellHasTheColourOfItsEntropy) {
    show({.length = 16, .steps = 16, .finishedSteps = 16, .remasks = true}, {1000, 400});
    grab();
    const HeatmapPalette palette = heatmapPalette(theme_);
    HeatmapCells cells;
    cells.reset(document_.trace());
    for (uint32_t frame = 0; frame < 16; ++frame) {
        for (uint32_t slot = 0; slot < 16; ++slot) {
            ASSERT_EQ(pixel(geometry().bar(Track::Heatmap, frame).center().x(), geometry().heatmapRow(slot).center().y()),
                      palette[cells.frame(frame)[slot]])
                << frame << " " << slot;
        }
    }
}

TEST_F(TimelineTracksTest, ARemaskIsATriangle) {
    show({.length = 40, .steps = 20, .finishedSteps = 20, .remasks = true});
    grab();
    const QRectF cell = geometry().cell(Track::Revisions, 10);
    const QRgb colour = toQColor(theme_.remasked).rgb();
    const auto widthAt = [&](double y) {
        int width = 0;
        for (double x = cell.left(); x < cell.right(); x += 1.0) {
            width += pixel(x, y) == colour ? 1 : 0;
        }
        return width;
    };

    EXPECT_GT(widthAt(cell.center().y() + 2), widthAt(cell.center().y() - 1));
    EXPECT_GT(widthAt(cell.center().y() + 2), 3);
    EXPECT_EQ(countOf(colour, geometry().cell(Track::Revisions, 11).center().x(), cell), 0);
}

TEST_F(TimelineTracksTest, TimeIsDrawnToScaleAndASlowStepHasACap) {
    const Trace plain = syntheticTrace({.length = 40, .steps = 40, .finishedSteps = 40});
    Trace timed(plain.header(), plain.canvas(0), plain.pieces(), {});
    for (uint32_t step = 1; step <= 40; ++step) {
        StepRecord record = plain.record(step);
        record.milliseconds = step == 1 ? 500.0 : 2.0 + 0.05 * step;
        timed.append(std::move(record));
    }
    show({});
    document_.reset(timed, false);
    grab();
    const QRgb colour = toQColor(theme_.facetEdge).rgb();
    const QRgb cap = toQColor(theme_.text).rgb();
    EXPECT_DOUBLE_EQ(tracks_.series().scales().milliseconds, 5.0);
    for (uint32_t step = 2; step < 40; ++step) {
        const QRectF bar = geometry().bar(Track::Time, step);
        EXPECT_NEAR(countOf(colour, bar.center().x(), bar), (2.0 + 0.05 * step) / 5.0 * bar.height(), 0.51) << step;
        EXPECT_EQ(countOf(cap, bar.center().x(), bar), 0);
    }
    EXPECT_EQ(countOf(cap, geometry().bar(Track::Time, 1).center().x(), geometry().bar(Track::Time, 1)), 2);
}

TEST_F(TimelineTracksTest, MarksAreDrawnWhereTheyAre) {
    show({.length = 40, .steps = 20, .finishedSteps = 20});
    grab();
    const QImage before = picture_;
    document_.marks().setBookmarks({{.frame = 5, .position = 12, .note = "here"}});
    document_.marks().setRange(FrameRange{.first = 8, .last = 11});
    document_.marks().setBreakpoints({document_.trace().canvas(0).key(document_.trace().promptLength() + 30)});
    grab();
    const QRgb accent = toQColor(theme_.accent).rgb();
    const QRectF row = geometry().track(Track::Marks);

    EXPECT_NEAR(countOf(accent, geometry().snapped(geometry().column(5).center().x()), row), row.height(), 1.0) << "the pole";
    EXPECT_EQ(countOf(accent, geometry().column(6).center().x(), row), 0);
    for (const uint32_t frame : {7U, 8U, 11U, 12U}) {
        const double x = geometry().bar(Track::Masked, frame).center().x();
        const double y = geometry().track(Track::Masked).bottom() - 2;
        EXPECT_EQ(pixel(x, y) != before.pixel(static_cast<int>(x), static_cast<int>(y)), frame == 8 || frame == 11) << frame;
    }
    const QRectF broken = geometry().heatmapRow(30);
    EXPECT_EQ(pixel(broken.left() - 5, broken.center().y()), toQColor(theme_.warning).rgb());
}

TEST_F(TimelineTracksTest, AStepRepaintsItsColumnsAndTheValuesAlone) {
    show({.length = 64, .steps = 256, .finishedSteps = 256}, {1600, 240});
    playback_.seek(200);
    QTest::qWait(50);
    PaintedArea painted(tracks_);

    document_.setFrame(201);
    QTest::qWait(50);
    const QRegion region = painted.take();

    EXPECT_TRUE(region.contains(pointAt(200)) && region.contains(pointAt(201)));
    EXPECT_FALSE(region.contains(pointAt(180)));
    EXPECT_FALSE(region.contains(pointAt(230)));
    // Two columns with what surrounds the cursor, and the names: less than a fifth.
    EXPECT_LT(areaOf(region), int64_t{tracks_.width()} * tracks_.height() / 5);
}

TEST_F(TimelineTracksTest, AnArrivingStepDrawsItsOwnColumns) {
    const Trace whole = syntheticTrace({.length = 64, .steps = 256, .finishedSteps = 256});
    tracks_.resize(1600, 240);
    tracks_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&tracks_));
    document_.reset(syntheticTrace({.length = 64, .steps = 256, .finishedSteps = 128}), true);
    document_.setFollowsLive(false);
    QTest::qWait(50);
    PaintedArea painted(tracks_);

    document_.append(whole.record(129), {}, {});
    QTest::qWait(50);
    const QRegion region = painted.take();
    EXPECT_TRUE(region.contains(pointAt(129)));
    EXPECT_FALSE(region.contains(pointAt(60)));
    EXPECT_FALSE(region.contains(pointAt(200)));

    for (uint32_t step = 130; step <= 256; ++step) {
        document_.append(whole.record(step), {}, {});
    }
    document_.finish(RunStatus::Complete);
    document_.setFrame(256);
    grab();
    const QImage grown = picture_;
    document_.reset(whole, false);
    grab();
    EXPECT_EQ(grown, picture_) << "step by step it becomes the same picture";
}

TEST_F(TimelineTracksTest, SomethingThatChangesEveryColumnIsDrawnAgain) {
    const Trace whole = syntheticTrace({.length = 64, .steps = 32, .finishedSteps = 32});
    tracks_.resize(1000, 240);
    tracks_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&tracks_));
    TraceHeader header = whole.header();
    header.settings.steps = 8;  // the run takes more steps than it planned
    document_.reset(Trace(header, whole.canvas(0), whole.pieces(), {}), true);
    for (uint32_t step = 1; step <= 32; ++step) {
        document_.append(whole.record(step), {}, {});
    }
    EXPECT_EQ(tracks_.timeWindow().frames(), 33U);
    document_.finish(RunStatus::Complete);
    grab();
    const QImage grown = picture_;
    document_.reset(whole, false);
    grab();
    EXPECT_EQ(grown, picture_);
}

}  // namespace
}  // namespace crystallite::testing
