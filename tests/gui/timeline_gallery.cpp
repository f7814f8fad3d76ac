// Draws the timeline of synthetic runs to PNG files, to be looked at: timeline_gallery FOLDER [WIDTH HEIGHT]. The density is
// QT_SCALE_FACTOR's.

#include "app/playback.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/timeline_popup.h"
#include "app/timeline_tracks.h"
#include "tests/support/synthetic_trace.h"

#include <QApplication>
#include <QDir>
#include <QMouseEvent>
#include <QTest>

#include <cmath>
#include <cstdio>

using namespace crystallite;

namespace {

struct Picture {
    const char* name;
    testing::SyntheticRun run;
    uint32_t frame;
    bool dark = true;
    bool zoomed = false;
    bool folded = false;
    bool marked = false;
    std::optional<uint32_t> hovered = std::nullopt;
    bool focused = false;
};

/// The run with times that differ, of which the first is slow, as on a device that warms up.
Trace timed(const Trace& trace) {
    Trace result(trace.header(), trace.canvas(0), trace.pieces(), {0, 1});
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        StepRecord record = trace.record(step);
        record.milliseconds = (step == 1 ? 60.0 : 11.0) + 2.0 * std::sin(step * 0.7);
        result.append(std::move(record));
    }
    result.setStatus(trace.status());
    return result;
}

void mark(RunDocument& document) {
    const uint32_t steps = document.trace().steps();
    document.marks().setBookmarks({{.frame = steps / 5, .note = "first name settles"}, {.frame = steps / 2, .note = "remask"}});
    document.marks().setRange(FrameRange{.first = steps * 5 / 8, .last = steps * 3 / 4});
    document.marks().setLoops(true);
    document.marks().setBreakpoints(
        {document.trace().canvas(0).key(document.trace().promptLength() + document.trace().header().settings.length / 3)});
}

bool save(const Picture& picture, const QString& folder, QSize size) {
    RunDocument document;
    Playback playback(document, [] { return int64_t{0}; });
    const Theme theme = picture.dark ? Theme::darkTheme() : Theme::lightTheme();
    applyTheme(*qApp, theme, 100);
    TimelineTracks tracks(document, playback);
    tracks.setTheme(theme);
    tracks.resize(size);
    tracks.show();
    document.reset(timed(testing::syntheticTrace(picture.run)), false);
    document.setFrame(picture.frame);
    document.selectSlot(document.trace().promptLength() + picture.run.length / 2);
    tracks.setHeatmapFolded(picture.folded);
    if (picture.marked) {
        mark(document);
    }
    if (picture.zoomed) {
        for (int notch = 0; notch < 4; ++notch) {
            tracks.zoomIn();
        }
    }
    if (!QTest::qWaitForWindowExposed(&tracks)) {
        return false;
    }
    if (picture.focused) {
        tracks.setFocus();
    }
    const QString path = QStringLiteral("%1/%2@%3x").arg(folder, QLatin1String(picture.name)).arg(tracks.devicePixelRatioF());
    if (picture.hovered) {
        const QPointF point(tracks.geometryOfTracks().column(*picture.hovered).center().x(), 30);
        QMouseEvent move(QEvent::MouseMove, point, tracks.mapToGlobal(point), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&tracks, &move);
        QTest::qWait(300);
        const_cast<TimelinePopup&>(tracks.popup()).grab().save(path + QStringLiteral("-popup.png"));
    }
    QTest::qWait(100);
    return tracks.grab().save(path + QStringLiteral(".png"));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    setupApplicationStyle(application);
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: timeline_gallery FOLDER [WIDTH HEIGHT]\n");
        return 2;
    }
    const QSize size = argc > 3 ? QSize(std::atoi(argv[2]), std::atoi(argv[3])) : QSize(1440, 214);
    const testing::SyntheticRun story{.length = 72, .steps = 36, .finishedSteps = 36, .remasks = true};
    const testing::SyntheticRun blocks{.length = 128, .steps = 64, .blockLength = 32, .finishedSteps = 64};
    const testing::SyntheticRun large{.length = 1024, .steps = 1024, .finishedSteps = 1024, .remasks = true};
    const testing::SyntheticRun live{.length = 72, .steps = 36, .finishedSteps = 14};
    const Picture pictures[] = {
        {.name = "dark-story", .run = story, .frame = 12},
        {.name = "light-story", .run = story, .frame = 12, .dark = false},
        {.name = "dark-marks", .run = story, .frame = 18, .marked = true, .hovered = 7, .focused = true},
        {.name = "light-marks", .run = story, .frame = 18, .dark = false, .marked = true, .hovered = 7},
        {.name = "dark-blocks", .run = blocks, .frame = 40},
        {.name = "light-blocks", .run = blocks, .frame = 40, .dark = false},
        {.name = "dark-large", .run = large, .frame = 400, .marked = true},
        {.name = "dark-large-zoomed", .run = large, .frame = 400, .zoomed = true},
        {.name = "dark-folded", .run = story, .frame = 12, .folded = true},
        {.name = "dark-planned", .run = live, .frame = 14},
    };
    bool saved = true;
    for (const Picture& picture : pictures) {
        saved = save(picture, QString::fromLocal8Bit(argv[1]), size) && saved;
    }
    return saved ? 0 : 1;
}
