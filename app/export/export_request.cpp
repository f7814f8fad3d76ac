#include "app/export/export_request.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace crystallite {
namespace {

QString translate(const char* text) {
    return QCoreApplication::translate("crystallite::ExportRequest", text);
}

Error wrong(const QString& sentence) {
    return {.kind = ErrorKind::InvalidArgument, .message = sentence.toStdString()};
}

}  // namespace

QString nameOf(ExportKind kind) {
    return kind == ExportKind::PngSeries ? QStringLiteral("png-series") : endingOf(kind);
}

QString labelOf(ExportKind kind) {
    switch (kind) {
        case ExportKind::Png: return translate("Picture of a step (PNG)");
        case ExportKind::Svg: return translate("Drawing of a step (SVG)");
        case ExportKind::Gif: return translate("Animation (GIF)");
        case ExportKind::WebM: return translate("Film (WebM, with ffmpeg)");
        case ExportKind::Mp4: return translate("Film (MP4, with ffmpeg)");
        case ExportKind::PngSeries: return translate("A picture of every step (folder of PNG)");
        case ExportKind::Csv: return translate("Table (CSV)");
        case ExportKind::Json: return translate("The whole run (JSON)");
        case ExportKind::Html: return translate("Player in one page (HTML)");
    }
    return {};
}

QString endingOf(ExportKind kind) {
    switch (kind) {
        case ExportKind::Png: return QStringLiteral("png");
        case ExportKind::Svg: return QStringLiteral("svg");
        case ExportKind::Gif: return QStringLiteral("gif");
        case ExportKind::WebM: return QStringLiteral("webm");
        case ExportKind::Mp4: return QStringLiteral("mp4");
        case ExportKind::PngSeries: return {};
        case ExportKind::Csv: return QStringLiteral("csv");
        case ExportKind::Json: return QStringLiteral("json");
        case ExportKind::Html: return QStringLiteral("html");
    }
    return {};
}

bool isStill(ExportKind kind) {
    return kind == ExportKind::Png || kind == ExportKind::Svg;
}

bool isAnimated(ExportKind kind) {
    return kind == ExportKind::Gif || kind == ExportKind::WebM || kind == ExportKind::Mp4;
}

std::optional<DataFormat> dataFormatOf(ExportKind kind) {
    return findDataFormat(nameOf(kind).toStdString());
}

std::optional<ExportKind> findExportKind(const QString& nameOrEnding) {
    const auto* found = std::ranges::find(kExportKinds, nameOrEnding.toLower(), [](ExportKind kind) { return nameOf(kind); });
    return found == std::end(kExportKinds) ? std::nullopt : std::optional(*found);
}

Result<void> checkExport(const ExportRequest& request, const Trace& trace) {
    if (trace.slots() == 0) {
        return wrong(translate("There is no run to export; open or start one first."));
    }
    if (request.frame > trace.steps()) {
        return wrong(translate("The run has %1 steps; there is no step %2.").arg(trace.steps()).arg(request.frame));
    }
    if (request.picture.scale < 1.0 || request.picture.scale > kGreatestScale) {
        return wrong(translate("The scale must be in 1..%1, not %2.").arg(kGreatestScale).arg(request.picture.scale));
    }
    const QSizeF pixels = QSizeF(request.picture.size) * request.picture.scale;
    if (std::min(pixels.width(), pixels.height()) < kShortestSide || std::max(pixels.width(), pixels.height()) > kLongestSide) {
        return wrong(translate("A picture must have %1 to %2 pixels on each side, not %3 x %4.")
                         .arg(kShortestSide)
                         .arg(kLongestSide)
                         .arg(pixels.width())
                         .arg(pixels.height()));
    }
    if (request.stepsPerSecond < kSlowestExport || request.stepsPerSecond > kFastestExport) {
        return wrong(translate("The speed must be in %1..%2 steps a second, not %3.")
                         .arg(kSlowestExport)
                         .arg(kFastestExport)
                         .arg(request.stepsPerSecond));
    }
    if (request.kind == ExportKind::PngSeries && QFileInfo::exists(request.path)) {
        return wrong(translate("%1 exists already; name a new folder for the pictures.").arg(request.path));
    }
    return {};
}

std::vector<Moment> momentsOf(const ExportRequest& request, const Trace& trace) {
    const Pace pace{.intervalMs = static_cast<int>(1000.0 / request.stepsPerSecond)};
    return planAnimation(trace.steps(), {.stepsPerSecond = request.stepsPerSecond,
                                         .moves = !request.picture.reducedMotion && request.kind != ExportKind::PngSeries,
                                         .lightMs = pace.lightMs()});
}

}  // namespace crystallite
