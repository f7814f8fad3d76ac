// Pictures and films of a run: each is read back by a reader of others.

#include "app/canvas/canvas_painter.h"
#include "app/export/export_command.h"
#include "app/export/export_dialog.h"
#include "app/export/export_preview.h"
#include "app/export/gif_palette.h"
#include "app/export/gif_writer.h"
#include "app/export/run_export.h"
#include "app/export/svg_device.h"
#include "engine/base/rng.h"
#include "engine/trace/trace_file.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QBuffer>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QPainter>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <sys/resource.h>
#include <csignal>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

Trace shortTrace() {
    return syntheticTrace({.length = 24, .steps = 6, .finishedSteps = 6, .remasks = true});
}

PictureSettings smallPicture() {
    return {.size = {320, 200}, .visual = {}};
}

class Export : public ::testing::Test {
protected:
    [[nodiscard]] QString file(const char* name) const { return folder_.filePath(QLatin1String(name)); }
    ExportRequest request(ExportKind kind, const char* name) const { return {.kind = kind, .path = file(name), .picture = smallPicture()}; }
    [[nodiscard]] QStringList names() const {
        return QDir(folder_.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    QTemporaryDir folder_;
};

/// Index images of noise: every code length and a full table occur.
TEST(Gif, FramesComeBackFromAnotherReader) {
    constexpr QSize kSize(211, 97);
    std::vector<QRgb> palette;
    for (int index = 0; index < 255; ++index) {
        palette.push_back(qRgb(index, 255 - index, index * 7 % 256));
    }
    std::vector<std::vector<uint8_t>> frames;
    for (uint32_t frame = 0; frame < 4; ++frame) {
        std::vector<uint8_t> indexes(static_cast<size_t>(kSize.width() * kSize.height()), 3);
        for (uint32_t at = 0; at < indexes.size(); ++at) {
            const bool isNoise = frame == 0 || (at > 4000 && at < 4000 + 3000 * frame);
            indexes[at] = isNoise ? static_cast<uint8_t>(randomWords(7, frame, at, DrawPurpose::OrderScore, 0)[0] % 255) : frames[0][at];
        }
        frames.push_back(indexes);
    }
    QByteArray bytes;
    GifWriter gif({.size = kSize, .palette = palette}, [&bytes](const QByteArray& more) {
        bytes += more;
        return Result<void>();
    });
    ASSERT_TRUE(gif.begin());
    for (uint32_t frame = 0; frame < frames.size(); ++frame) {
        ASSERT_TRUE(gif.addFrame(frames[frame], 10 + frame));
        ASSERT_TRUE(gif.addFrame(frames[frame], 5)) << "the same picture, shown longer";
    }
    ASSERT_TRUE(gif.finish());

    QBuffer buffer(&bytes);
    QImageReader reader(&buffer, "gif");
    for (uint32_t frame = 0; frame < frames.size(); ++frame) {
        const QImage image = reader.read();
        ASSERT_EQ(image.size(), kSize) << "frame " << frame << ": " << reader.errorString().toStdString();
        EXPECT_EQ(reader.nextImageDelay(), static_cast<int>(10 * (15 + frame))) << frame;
        for (int at = 0; at < kSize.width() * kSize.height(); ++at) {
            const QRgb shown = image.pixel(at % kSize.width(), at / kSize.width());
            ASSERT_EQ(shown, palette[frames[frame][static_cast<size_t>(at)]]) << "frame " << frame << " pixel " << at;
        }
    }
    EXPECT_TRUE(reader.read().isNull()) << "more frames than were written";
}

TEST(Gif, PaletteHasTheThemesColoursExactly) {
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme(), Theme::highContrastDark(), Theme::highContrastLight()}) {
        GifPalette palette(theme);
        EXPECT_LE(palette.colours().size(), 255U);
        for (const Colour& colour : {theme.window, theme.text, theme.committed, theme.remasked, theme.facetClear, theme.facetDense}) {
            const QRgb wanted = toQColor(colour).rgb();
            EXPECT_EQ(palette.colours()[palette.indexOf(wanted)], wanted);
        }
    }
}

TEST(AnimationPlan, KeepsTimeWithoutAddingErrorsUp) {
    const std::vector<Moment> moments = planAnimation(100, {.stepsPerSecond = 7.0, .firstHoldTicks = 25, .lastHoldTicks = 50});
    uint64_t ticks = 0;
    uint32_t shown = 0;
    for (const Moment& moment : moments) {
        if (moment.frame != shown) {
            EXPECT_EQ(moment.frame, shown + 1) << "a step is left out";
            const double wanted = (25 * kTickMs + (moment.frame - 1) * 1000.0 / 7.0);
            EXPECT_NEAR(static_cast<double>(ticks * kTickMs), wanted, kTickMs / 2.0) << "step " << moment.frame;
            EXPECT_EQ(moment.elapsedMs, 0);
            shown = moment.frame;
        }
        ticks += moment.ticks;
    }
    EXPECT_EQ(shown, 100U);
    EXPECT_EQ(ticks, ticksOf(moments));
}

TEST(AnimationPlan, ReducedMotionHasOnePicturePerStep) {
    const std::vector<Moment> moments = planAnimation(9, {.stepsPerSecond = 2.0, .moves = false});
    EXPECT_EQ(moments.size(), 10U);
}

TEST_F(Export, APictureIsWhatTheCanvasShows) {
    const Trace trace = shortTrace();
    ExportRequest wanted = request(ExportKind::Png, "a.png");
    wanted.frame = 3;
    wanted.picture.scale = 2.0;
    const auto outcome = exportRun(trace, wanted, {});
    ASSERT_TRUE(outcome) << outcome.error().message;

    RunDocument document;
    document.reset(trace, false);
    document.setFrame(3);
    CanvasView view(canvasFont());
    view.setTheme(Theme::darkTheme());
    view.setDocument(&document);
    view.setFitsRun();
    view.setViewport({320, 200}, 2.0);
    const QImage shown = paintedCanvas(view);
    const QImage read = QImage(wanted.path).convertToFormat(QImage::Format_RGB32);
    ASSERT_EQ(read.size(), QSize(640, 400));
    for (int y = 0; y < read.height(); ++y) {
        for (int x = 0; x < read.width(); ++x) {
            ASSERT_EQ(read.pixel(x, y), shown.pixel(x, y)) << x << ", " << y;
        }
    }
    EXPECT_EQ(outcome->bytes, static_cast<uint64_t>(QFileInfo(wanted.path).size()));
}

/// The preview of the dialog is such a picture.
TEST_F(Export, APictureSmallerThanItsLayoutShowsAllOfIt) {
    const Trace trace = shortTrace();
    PictureSettings half = smallPicture();
    half.scale = 0.5;
    const QImage whole = FrameRenderer(trace, smallPicture()).still(3);
    const QImage small = FrameRenderer(trace, half).still(3);

    ASSERT_EQ(small.size(), whole.size() / 2);
    const QImage wanted = whole.scaled(small.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    double difference = 0.0;
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x) {
            difference += std::abs(qGray(small.pixel(x, y)) - qGray(wanted.pixel(x, y)));
        }
    }
    // Two ways to make edges smaller differ at edges alone; a quarter of the canvas in the place of all of it differs everywhere.
    EXPECT_LT(difference / (small.width() * small.height()), 8.0);
}

TEST_F(Export, AGifHoldsEveryFrameInTheThemesColours) {
    const Trace trace = shortTrace();
    ExportRequest wanted = request(ExportKind::Gif, "a.gif");
    wanted.stepsPerSecond = 4.0;
    ASSERT_TRUE(exportRun(trace, wanted, {}));

    wanted.picture.intervalMs = 250;
    FrameRenderer renderer(trace, wanted.picture);
    GifPalette palette(wanted.picture.theme);
    QImageReader reader(wanted.path);
    QImage shown;
    int centisecondsLeft = 0;
    double error = 0.0;
    uint64_t pixels = 0;
    for (const Moment& moment : momentsOf(wanted, trace)) {
        SCOPED_TRACE("frame " + std::to_string(moment.frame) + " after " + std::to_string(moment.elapsedMs) + " ms");
        if (centisecondsLeft == 0) {
            shown = reader.read();
            centisecondsLeft = reader.nextImageDelay() / 10;
        }
        const QImage drawn = renderer.at(moment);
        ASSERT_EQ(shown.size(), drawn.size());
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x) {
                const QRgb wantedColour = palette.colours()[palette.indexOf(drawn.pixel(x, y))];
                ASSERT_EQ(shown.pixel(x, y), wantedColour) << x << ", " << y;
                error += std::abs(qRed(shown.pixel(x, y)) - qRed(drawn.pixel(x, y))) +
                         std::abs(qGreen(shown.pixel(x, y)) - qGreen(drawn.pixel(x, y))) +
                         std::abs(qBlue(shown.pixel(x, y)) - qBlue(drawn.pixel(x, y)));
                pixels += 3;
            }
        }
        centisecondsLeft -= static_cast<int>(moment.ticks) * kTickMs / 10;
        ASSERT_GE(centisecondsLeft, 0);
    }
    EXPECT_EQ(centisecondsLeft, 0);
    EXPECT_TRUE(reader.read().isNull());
    // Of 255; what 255 colours leave of antialiased letters. Measured 0.70.
    EXPECT_LT(error / static_cast<double>(pixels), 1.0);
    std::printf("GIF: mean error %.3f of 255, %lld bytes\n", error / static_cast<double>(pixels),
                static_cast<long long>(QFileInfo(wanted.path).size()));
}

TEST_F(Export, AFilmHasTheFramesAndTheLengthThatThePreviewPromises) {
    const QString probe = QStandardPaths::findExecutable(QStringLiteral("ffprobe"));
    if (probe.isEmpty()) {
        if (qEnvironmentVariableIsSet("CI")) {
            FAIL() << "no ffprobe: install the package ffmpeg";
        }
        GTEST_SKIP() << "no ffprobe is installed";
    }
    const Trace trace = shortTrace();
    for (const auto& [kind, name] : {std::pair{ExportKind::WebM, "a.webm"}, std::pair{ExportKind::Mp4, "a.mp4"}}) {
        ExportRequest wanted = request(kind, name);
        wanted.picture.size = {321, 201};  // codecs want even sides
        const auto outcome = exportRun(trace, wanted, {});
        ASSERT_TRUE(outcome) << outcome.error().message;
        QProcess process;
        process.start(probe, {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-count_frames"),
                              QStringLiteral("-show_entries"), QStringLiteral("stream=width,height,nb_read_frames,r_frame_rate"),
                              QStringLiteral("-of"), QStringLiteral("csv=p=0"), wanted.path});
        ASSERT_TRUE(process.waitForFinished(60'000));
        const std::string read = process.readAllStandardOutput().trimmed().toStdString();
        EXPECT_EQ(read, "322,202,25/1," + std::to_string(ticksOf(momentsOf(wanted, trace))));
    }
    EXPECT_EQ(names(), (QStringList{QStringLiteral("a.mp4"), QStringLiteral("a.webm")})) << "something is left behind";
}

TEST_F(Export, WithoutFfmpegASentenceSaysWhatToInstall) {
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nonexistent");
    const auto outcome = exportRun(shortTrace(), request(ExportKind::WebM, "a.webm"), {});
    qputenv("PATH", path);
    ASSERT_FALSE(outcome);
    EXPECT_THAT(outcome.error().message, HasSubstr("install the package ffmpeg"));
    EXPECT_TRUE(names().isEmpty());
}

TEST_F(Export, ASeriesHasAPictureOfEveryStep) {
    const Trace trace = shortTrace();
    const ExportRequest wanted = request(ExportKind::PngSeries, "series");
    ASSERT_TRUE(exportRun(trace, wanted, {}));
    EXPECT_EQ(QDir(wanted.path).entryList(QDir::Files).size(), static_cast<int>(trace.steps()) + 1);
    const auto again = exportRun(trace, wanted, {});
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message, HasSubstr("exists already"));
}

/// Chromium draws the SVG; its picture and ours differ by antialiasing alone.
TEST_F(Export, ADrawingLooksLikeThePicture) {
#ifndef CRYSTALLITE_CHROMIUM
    if (qEnvironmentVariableIsSet("CI")) {
        FAIL() << "no Chromium: install the package chromium";
    }
    GTEST_SKIP() << "no Chromium is installed";
#else
    const Trace trace = shortTrace();
    ExportRequest wanted = request(ExportKind::Svg, "a.svg");
    wanted.frame = 3;
    ASSERT_TRUE(exportRun(trace, wanted, {}));
    QProcess browser;
    browser.start(
        QStringLiteral(CRYSTALLITE_CHROMIUM),
        {QStringLiteral("--headless"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"), QStringLiteral("--hide-scrollbars"),
         QStringLiteral("--user-data-dir=") + file("profile"), QStringLiteral("--window-size=320,200"),
         QStringLiteral("--screenshot=") + file("shot.png"), QStringLiteral("file://") + wanted.path});
    ASSERT_TRUE(browser.waitForFinished(120'000));
    const QImage drawn = QImage(file("shot.png")).convertToFormat(QImage::Format_RGB32);
    const QImage ours = FrameRenderer(trace, wanted.picture).still(3);
    ASSERT_GE(drawn.width(), ours.width());
    double error = 0.0;
    for (int y = 0; y < ours.height(); ++y) {
        for (int x = 0; x < ours.width(); ++x) {
            error += std::abs(qGray(drawn.pixel(x, y)) - qGray(ours.pixel(x, y)));
        }
    }
    const double mean = error / (ours.width() * ours.height());
    std::printf("SVG: mean difference %.3f of 255, %lld bytes\n", mean, static_cast<long long>(QFileInfo(wanted.path).size()));
    EXPECT_LT(mean, 3.0);  // measured 2.1
    QFile svg(wanted.path);
    ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
    EXPECT_FALSE(svg.readAll().contains("<text")) << "letters are outlines: no font is needed to read them";
#endif
}

TEST(SafeSpeed, SlowsDownUntilNothingFlashes) {
    std::vector<double> tried;
    const auto check = [&tried](double speed) {
        tried.push_back(speed);
        return FlashReport{.flashes = speed > 5.0 ? 4U : 3U, .position = 16};
    };
    const auto safe = safeSpeed(9.0, check);
    ASSERT_TRUE(safe);
    EXPECT_EQ(safe->stepsPerSecond, 5.0);
    EXPECT_THAT(safe->reason.toStdString(), HasSubstr("At 9 steps a second the slot at position 17 would flash 4 times"));
    EXPECT_EQ(tried, (std::vector<double>{9.0, 8.0, 6.0, 5.0}));
    EXPECT_FALSE(safeSpeed(9.0, [](double) { return FlashReport{.flashes = 9}; }));
}

TEST_F(Export, StoppingLeavesNothing) {
    for (const auto& [kind, name] :
         {std::pair{ExportKind::Gif, "a.gif"}, std::pair{ExportKind::WebM, "a.webm"}, std::pair{ExportKind::PngSeries, "a"}}) {
        std::stop_source stop;
        int calls = 0;
        const ExportWatch watch{.stop = stop.get_token(), .progress = [&](double) {
                                    if (++calls == 9) {  // past the flash check, into the pictures
                                        stop.request_stop();
                                    }
                                }};
        ExportRequest wanted = request(kind, name);
        const auto outcome = exportRun(syntheticTrace({.length = 8, .steps = 16, .finishedSteps = 16}), wanted, watch);
        if (kind == ExportKind::WebM && !outcome && outcome.error().kind == ErrorKind::NotFound) {
            continue;
        }
        ASSERT_FALSE(outcome) << name;
        EXPECT_EQ(outcome.error().kind, ErrorKind::Cancelled);
        EXPECT_TRUE(names().isEmpty()) << names().join(QLatin1Char(' ')).toStdString();
    }
}

TEST_F(Export, AFullDiskIsSaidAndTheOldFileStays) {
    QFile old(file("a.gif"));
    ASSERT_TRUE(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{.rlim_cur = 2000, .rlim_max = before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto outcome = exportRun(shortTrace(), request(ExportKind::Gif, "a.gif"), {});
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Io);
    EXPECT_THAT(outcome.error().message, HasSubstr("a.gif cannot be written"));
    ASSERT_TRUE(old.open(QIODevice::ReadOnly));
    EXPECT_EQ(old.readAll(), "old");
    EXPECT_EQ(names().size(), 1);
}

TEST_F(Export, WhatIsOutOfRangeIsRefusedWithASentence) {
    const Trace trace = shortTrace();
    const auto refused = [&](auto change) {
        ExportRequest wanted = request(ExportKind::Png, "a.png");
        change(wanted);
        const auto outcome = exportRun(trace, wanted, {});
        EXPECT_FALSE(outcome);
        return outcome ? std::string() : outcome.error().message;
    };
    EXPECT_THAT(refused([](ExportRequest& wanted) { wanted.frame = 7; }), HasSubstr("6 steps; there is no step 7"));
    EXPECT_THAT(refused([](ExportRequest& wanted) { wanted.picture.scale = 9.0; }), HasSubstr("1..4, not 9"));
    EXPECT_THAT(refused([](ExportRequest& wanted) { wanted.picture.size = {4000, 10}; }), HasSubstr("64 to 8192"));
    EXPECT_THAT(refused([](ExportRequest& wanted) { wanted.path = QStringLiteral("/nowhere/a.png"); }), HasSubstr("/nowhere/a.png"));
}

QStringList words(const char* line) {
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

TEST(ExportCommand, ReadsWhatIsTyped) {
    EXPECT_TRUE(asksForExport(words("crystallite --export a.crystal")));
    EXPECT_FALSE(asksForExport(words("crystallite a.crystal")));
    const auto command = parseExportCommand(
        words("crystallite --export a.crystal -o b.gif --speed 3 --theme light --scale 2 --size 400x300 --once --reduced-motion"));
    ASSERT_TRUE(command) << command.error().message;
    EXPECT_EQ(command->trace, QStringLiteral("a.crystal"));
    EXPECT_EQ(command->request.kind, ExportKind::Gif);
    EXPECT_EQ(command->request.stepsPerSecond, 3.0);
    EXPECT_FALSE(command->request.picture.theme.dark);
    EXPECT_EQ(command->request.picture.size, QSize(400, 300));
    EXPECT_FALSE(command->request.loops);
    EXPECT_TRUE(command->request.picture.reducedMotion);
    EXPECT_TRUE(command->lastStep);
    for (const char* wrong :
         {"crystallite --export a.crystal", "crystallite --export a.crystal -o b.bmp", "crystallite --export a.crystal -o b.png --size 400",
          "crystallite --export a.crystal -o b.png --step x", "crystallite --export a.crystal -o b.png --step -3",
          "crystallite --export a.crystal -o b.png --theme pink"}) {
        EXPECT_FALSE(parseExportCommand(words(wrong))) << wrong;
    }
}

TEST_F(Export, TheDialogShowsWhatItWillMakeAndMakesIt) {
    QSettings().remove(QStringLiteral("export"));
    const QString path = file("made.gif");
    QString suggested;
    const auto ask = [&](const QString& suggestion, const QString&) {
        suggested = suggestion;
        return path;
    };
    {
        ExportDialog dialog(shortTrace(), 2, smallPicture(), ask);
        dialog.setSuggestion(QStringLiteral("rabbit"));
        auto* kind = dialog.findChild<QComboBox*>();
        ASSERT_NE(kind, nullptr);
        EXPECT_THAT(dialog.sentence().toStdString(), HasSubstr("320 × 200 pixels"));
        kind->setCurrentIndex(kind->findData(static_cast<int>(ExportKind::Gif)));
        EXPECT_THAT(dialog.sentence().toStdString(), HasSubstr(" s at 6 steps a second"));
        dialog.exportNow();
        EXPECT_EQ(suggested, QStringLiteral("rabbit.gif"));
        EXPECT_TRUE(QFileInfo::exists(path));
        EXPECT_THAT(dialog.sentence().toStdString(), HasSubstr("was written"));
    }
    EXPECT_EQ(ExportDialog(shortTrace(), 2, smallPicture(), ask).request().kind, ExportKind::Gif) << "the choice is remembered";
}

TEST_F(Export, TheDialogStopsAtOnce) {
    QSettings().remove(QStringLiteral("export"));
    ExportDialog dialog(syntheticTrace({.length = 64, .steps = 64, .finishedSteps = 64}), 2, smallPicture(),
                        [this](const QString&, const QString&) { return file("a.gif"); });
    auto* kind = dialog.findChild<QComboBox*>();
    kind->setCurrentIndex(kind->findData(static_cast<int>(ExportKind::Gif)));
    QTimer::singleShot(0, &dialog, [&dialog] {
        EXPECT_TRUE(dialog.isExporting());
        dialog.reject();
    });
    dialog.exportNow();
    EXPECT_FALSE(dialog.isExporting());
    EXPECT_THAT(dialog.sentence().toStdString(), HasSubstr("The export was stopped"));
    EXPECT_TRUE(names().isEmpty());
}

}  // namespace
}  // namespace crystallite::testing
