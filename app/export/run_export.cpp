#include "app/export/run_export.h"

#include "app/export/gif_palette.h"
#include "app/export/gif_writer.h"
#include "app/export/svg_device.h"
#include "app/export/video_encoder.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPainter>
#include <QSaveFile>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace crystallite {
namespace {

QString translate(const char* text) {
    return QCoreApplication::translate("crystallite::RunExport", text);
}

Error cannotWrite(const QString& path, const QString& reason) {
    return {.kind = ErrorKind::Io, .message = translate("%1 cannot be written: %2").arg(path, reason).toStdString()};
}

/// Bytes of one file, put in its place at the end.
class SavedFile {
public:
    explicit SavedFile(const QString& path) : file_(path) {}
    Result<void> open() { return file_.open(QIODevice::WriteOnly) ? Result<void>() : failed(); }
    Result<void> write(const QByteArray& bytes) { return file_.write(bytes) == bytes.size() ? Result<void>() : failed(); }
    Result<void> commit() { return file_.commit() ? Result<void>() : failed(); }

private:
    [[nodiscard]] Error failed() const { return cannotWrite(file_.fileName(), file_.errorString()); }
    QSaveFile file_;
};

Result<void> writeWhole(const QString& path, const QByteArray& bytes) {
    SavedFile file(path);
    if (const auto opened = file.open(); !opened) {
        return opened;
    }
    if (const auto written = file.write(bytes); !written) {
        return written;
    }
    return file.commit();
}

Result<QByteArray> pngOf(const QImage& image, const QString& path) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!image.save(&buffer, "PNG")) {
        return cannotWrite(path, translate("there is not enough memory for the picture"));
    }
    return bytes;
}

Result<void> writePng(const QString& path, const QImage& image) {
    const auto bytes = pngOf(image, path);
    return bytes ? writeWhole(path, *bytes) : Result<void>(bytes.error());
}

Result<void> writeSvg(const Trace& trace, const ExportRequest& request) {
    PictureSettings picture = request.picture;
    picture.scale = 2.0;  // of what stays a raster: soft edges
    FrameRenderer renderer(trace, picture);
    SvgDevice device(picture.size, translate("Step %1 of %2").arg(request.frame).arg(trace.steps()));
    QPainter painter(&device);
    renderer.paintStill(painter, request.frame);
    painter.end();
    return writeWhole(request.path, device.document());
}

/// Draws what is planned, one picture after the other.
template <typename Take>
Result<void> playTo(const Trace& trace, const ExportRequest& request, const std::vector<Moment>& moments, const ExportWatch& watch,
                    Take take) {
    FrameRenderer renderer(trace, request.picture);
    for (size_t index = 0; index < moments.size(); ++index) {
        if (const auto going = watch.reach(static_cast<uint32_t>(index), static_cast<uint32_t>(moments.size())); !going) {
            return going;
        }
        if (const auto taken = take(renderer.at(moments[index]), moments[index]); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> writeGif(const Trace& trace, const ExportRequest& request, const std::vector<Moment>& moments, const ExportWatch& watch) {
    constexpr uint32_t kCentisecondsPerTick = kTickMs / 10;
    SavedFile file(request.path);
    if (const auto opened = file.open(); !opened) {
        return opened;
    }
    GifPalette palette(request.picture.theme);
    const QSize pixels = FrameRenderer(trace, request.picture).pixels();
    GifWriter gif({.size = pixels, .palette = palette.colours(), .unchanged = GifPalette::kUnchanged, .loops = request.loops},
                  [&file](const QByteArray& bytes) { return file.write(bytes); });
    if (const auto begun = gif.begin(); !begun) {
        return begun;
    }
    const auto played = playTo(trace, request, moments, watch, [&](const QImage& image, const Moment& moment) {
        return gif.addFrame(palette.indexesOf(image), moment.ticks * kCentisecondsPerTick);
    });
    if (!played) {
        return played;
    }
    if (const auto finished = gif.finish(); !finished) {
        return finished;
    }
    return file.commit();
}

Result<void> moveIntoPlace(const QString& from, const QString& to) {
    // rename(2) replaces in one instant, which QFile::rename does not.
    std::error_code code;
    std::filesystem::rename(from.toStdString(), to.toStdString(), code);
    return code ? Result<void>(cannotWrite(to, QString::fromStdString(code.message()))) : Result<void>();
}

/// A folder beside `path` that goes with everything in it, unless it is moved away.
Result<std::unique_ptr<QTemporaryDir>> folderBeside(const QString& path) {
    auto folder = std::make_unique<QTemporaryDir>(QFileInfo(path).absolutePath() + QStringLiteral("/.crystallite-export-XXXXXX"));
    if (!folder->isValid()) {
        return cannotWrite(path, folder->errorString());
    }
    return folder;
}

Result<void> writeVideo(const Trace& trace, const ExportRequest& request, const std::vector<Moment>& moments, const ExportWatch& watch) {
    const auto folder = folderBeside(request.path);
    if (!folder) {
        return folder.error();
    }
    const QString partial = (*folder)->filePath(QStringLiteral("film"));
    VideoEncoder encoder(request.kind == ExportKind::WebM ? VideoFormat::WebM : VideoFormat::Mp4,
                         FrameRenderer(trace, request.picture).pixels(), 1000 / kTickMs, partial);
    if (const auto begun = encoder.begin(); !begun) {
        return begun;
    }
    const auto played =
        playTo(trace, request, moments, watch, [&](const QImage& image, const Moment& moment) { return encoder.add(image, moment.ticks); });
    if (!played) {
        return played;
    }
    if (const auto finished = encoder.finish(); !finished) {
        return finished;
    }
    return moveIntoPlace(partial, request.path);
}

Result<void> writeSeries(const Trace& trace, const ExportRequest& request, const ExportWatch& watch) {
    const auto folder = folderBeside(request.path);
    if (!folder) {
        return folder.error();
    }
    PictureSettings picture = request.picture;
    picture.intervalMs = 0;
    FrameRenderer renderer(trace, picture);
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        if (const auto going = watch.reach(frame, trace.steps()); !going) {
            return going;
        }
        const QString path = (*folder)->filePath(QStringLiteral("step-%1.png").arg(frame, 4, 10, QLatin1Char('0')));
        if (const auto written = writePng(path, renderer.still(frame)); !written) {
            return written;
        }
    }
    (*folder)->setAutoRemove(false);
    const auto moved = moveIntoPlace((*folder)->path(), request.path);
    (*folder)->setAutoRemove(!moved);
    return moved;
}

uint64_t sizeOf(const QString& path) {
    if (!QFileInfo(path).isDir()) {
        return static_cast<uint64_t>(QFileInfo(path).size());
    }
    uint64_t bytes = 0;
    for (const QFileInfo& file : QDir(path).entryInfoList(QDir::Files)) {
        bytes += static_cast<uint64_t>(file.size());
    }
    return bytes;
}

Result<void> write(const Trace& trace, const ExportRequest& request, const ExportWatch& watch) {
    switch (request.kind) {
        case ExportKind::Png: return writePng(request.path, FrameRenderer(trace, request.picture).still(request.frame));
        case ExportKind::Svg: return writeSvg(trace, request);
        case ExportKind::Gif: return writeGif(trace, request, momentsOf(request, trace), watch);
        case ExportKind::WebM:
        case ExportKind::Mp4: return writeVideo(trace, request, momentsOf(request, trace), watch);
        case ExportKind::PngSeries: return writeSeries(trace, request, watch);
        case ExportKind::Csv:
        case ExportKind::Json:
        case ExportKind::Html: break;
    }
    const DataExport data{.format = *dataFormatOf(request.kind),
                          .table = request.table,
                          .page = {.name = QFileInfo(request.path).completeBaseName().toStdString(),
                                   .theme = request.picture.theme.dark ? PageTheme::Dark : PageTheme::Light}};
    return exportRun(trace, request.path.toStdString(), data, watch);
}

}  // namespace

Result<SafeSpeed> safeSpeed(double wanted, const std::function<FlashReport(double stepsPerSecond)>& check) {
    constexpr double kSlower[] = {20.0, 15.0, 12.0, 10.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5, kSlowestExport};
    SafeSpeed safe{.stepsPerSecond = wanted, .reason = {}};
    while (true) {
        const FlashReport report = check(safe.stepsPerSecond);
        if (report.isSafe()) {
            return safe;
        }
        if (safe.reason.isEmpty()) {
            safe.reason = translate("At %1 steps a second the slot at position %2 would flash %3 times within a second, and three are safe")
                              .arg(safe.stepsPerSecond)
                              .arg(report.position + 1)
                              .arg(report.flashes);
        }
        const auto* next = std::ranges::find_if(kSlower, [&](double speed) { return speed < safe.stepsPerSecond; });
        if (next == std::end(kSlower)) {
            return Error{.kind = ErrorKind::InvalidArgument,
                         .message = (safe.reason + translate("; no slower speed helps.")).toStdString()};
        }
        safe.stepsPerSecond = *next;
    }
}

namespace {

/// Sets the speed of an animation to one that is safe; returns the sentence about it.
Result<QString> slowDown(ExportRequest& request, const Trace& trace, const ExportWatch& watch) {
    Result<void> going;
    const auto check = [&](double stepsPerSecond) {
        uint32_t frame = 0;
        const FlashSettings settings{.pace = {.intervalMs = static_cast<int>(1000.0 / stepsPerSecond)},
                                     .visual = request.picture.visual,
                                     .reducedMotion = request.picture.reducedMotion,
                                     .viewport = QSizeF(request.picture.size),
                                     .goesOn = [&] {
                                         going = watch.reach(std::min(frame++, trace.steps()), trace.steps());
                                         return going.has_value();
                                     }};
        return checkFlashes(trace, request.picture.theme, canvasFont(), settings);
    };
    const auto safe = safeSpeed(request.stepsPerSecond, check);
    if (!going) {
        return going.error();
    }
    if (!safe) {
        return safe.error();
    }
    request.stepsPerSecond = safe->stepsPerSecond;
    request.picture.intervalMs = static_cast<int>(1000.0 / request.stepsPerSecond);
    return safe->reason.isEmpty() ? QString()
                                  : safe->reason + translate("; it was exported at %1 steps a second.").arg(safe->stepsPerSecond);
}

}  // namespace

Result<ExportOutcome> exportRun(const Trace& trace, ExportRequest request, const ExportWatch& watch) {
    if (const auto checked = checkExport(request, trace); !checked) {
        return checked.error();
    }
    ExportOutcome outcome;
    if (isAnimated(request.kind)) {
        const Result<void> installed = request.kind == ExportKind::Gif ? Result<void>() : VideoEncoder::checkInstalled();
        if (!installed) {
            return installed.error();
        }
        const auto note = slowDown(request, trace, watch);
        if (!note) {
            return note.error();
        }
        outcome.note = *note;
        outcome.stepsPerSecond = request.stepsPerSecond;
    }
    if (const auto written = write(trace, request, watch); !written) {
        return written.error();
    }
    outcome.bytes = sizeOf(request.path);
    return outcome;
}

}  // namespace crystallite
