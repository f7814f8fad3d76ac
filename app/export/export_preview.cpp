#include "app/export/export_preview.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>

#include <algorithm>

namespace crystallite {
namespace {

QString translate(const char* text, int count = -1) {
    return QCoreApplication::translate("crystallite::ExportPreview", text, nullptr, count);
}

QString pixelsText(const ExportRequest& request) {
    const QSize pixels = (QSizeF(request.picture.size) * request.picture.scale).toSize();
    return translate("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height());
}

QString animationText(const ExportRequest& request, const Trace& trace) {
    const std::vector<Moment> moments = momentsOf(request, trace);
    const double seconds = static_cast<double>(ticksOf(moments)) * kTickMs / 1000.0;
    return translate("%1 pictures, %2 s at %3 steps a second, %4")
        .arg(moments.size())
        .arg(QLocale().toString(seconds, 'f', 1))
        .arg(QLocale().toString(request.stepsPerSecond))
        .arg(pixelsText(request));
}

QString tableText(const ExportRequest& request, const Trace& trace) {
    switch (request.table) {
        case CsvTable::Slots: return translate("%1 lines").arg((uint64_t{trace.steps()} + 1) * trace.slots());
        case CsvTable::Steps: return translate("%1 lines").arg(trace.steps());
        case CsvTable::Tokens: break;
    }
    return translate("%1 lines").arg(trace.pieces().size());
}

uint64_t beliefsOf(const Trace& trace) {
    uint64_t beliefs = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        beliefs += trace.record(step).beliefs.size();
    }
    return beliefs;
}

QString key(const char* name) {
    return QStringLiteral("export/") + QLatin1String(name);
}

}  // namespace

QString previewSentence(const ExportRequest& request, const Trace& trace) {
    switch (request.kind) {
        case ExportKind::Png: return pixelsText(request);
        case ExportKind::Svg: return translate("%1 × %2, at any size").arg(request.picture.size.width()).arg(request.picture.size.height());
        case ExportKind::Gif:
        case ExportKind::WebM:
        case ExportKind::Mp4: return animationText(request, trace);
        case ExportKind::PngSeries: return translate("%1 pictures, %2").arg(trace.steps() + 1).arg(pixelsText(request));
        case ExportKind::Csv: return tableText(request, trace);
        case ExportKind::Json:
        case ExportKind::Html: break;
    }
    return translate("%1 steps, %2 beliefs of slots").arg(trace.steps()).arg(beliefsOf(trace));
}

void rememberExport(const ExportRequest& request) {
    QSettings settings;
    settings.setValue(key("kind"), nameOf(request.kind));
    settings.setValue(key("width"), request.picture.size.width());
    settings.setValue(key("height"), request.picture.size.height());
    settings.setValue(key("scale"), request.picture.scale);
    settings.setValue(key("speed"), request.stepsPerSecond);
    settings.setValue(key("loops"), request.loops);
    settings.setValue(key("table"), QString::fromUtf8(nameOf(request.table).data()));
}

ExportRequest rememberedExport(ExportRequest request) {
    const QSettings settings;
    request.kind = findExportKind(settings.value(key("kind")).toString()).value_or(request.kind);
    const QSize size(settings.value(key("width")).toInt(), settings.value(key("height")).toInt());
    if (std::min(size.width(), size.height()) >= kShortestSide && std::max(size.width(), size.height()) <= kLongestSide) {
        request.picture.size = size;
    }
    if (const double scale = settings.value(key("scale")).toDouble(); scale >= 1.0 && scale <= kGreatestScale) {
        request.picture.scale = scale;
    }
    if (const double speed = settings.value(key("speed")).toDouble(); speed >= kSlowestExport && speed <= kFastestExport) {
        request.stepsPerSecond = speed;
    }
    request.loops = settings.value(key("loops"), request.loops).toBool();
    if (const auto table = parseCsvTable(settings.value(key("table")).toString().toStdString())) {
        request.table = *table;
    }
    return request;
}

}  // namespace crystallite
