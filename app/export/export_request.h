#pragma once

#include "app/export/frame_renderer.h"
#include "engine/base/result.h"
#include "engine/exchange/export_run.h"

#include <QString>

#include <optional>

namespace crystallite {

enum class ExportKind : uint8_t { Png, Svg, Gif, WebM, Mp4, PngSeries, Csv, Json, Html };
inline constexpr ExportKind kExportKinds[] = {ExportKind::Png,       ExportKind::Svg, ExportKind::Gif,  ExportKind::WebM, ExportKind::Mp4,
                                              ExportKind::PngSeries, ExportKind::Csv, ExportKind::Json, ExportKind::Html};

[[nodiscard]] QString nameOf(ExportKind kind);    ///< of a command line: "png", "png-series"
[[nodiscard]] QString labelOf(ExportKind kind);   ///< for a person, translated
[[nodiscard]] QString endingOf(ExportKind kind);  ///< of a file, without the dot; empty for a folder
[[nodiscard]] bool isStill(ExportKind kind);
[[nodiscard]] bool isAnimated(ExportKind kind);
[[nodiscard]] std::optional<DataFormat> dataFormatOf(ExportKind kind);  ///< nothing: a picture
/// By the name, or by the ending of a file.
[[nodiscard]] std::optional<ExportKind> findExportKind(const QString& nameOrEnding);

/// What is made of a run, and where it goes.
struct ExportRequest {
    ExportKind kind = ExportKind::Png;
    QString path;  ///< a file; of a series, a folder that does not exist yet
    PictureSettings picture;
    uint32_t frame = 0;           ///< of a still
    double stepsPerSecond = 6.0;  ///< of an animation
    bool loops = true;            ///< of a GIF
    CsvTable table = CsvTable::Slots;
};

/// Sizes and speeds that are accepted; the sentence names the value and the range.
inline constexpr int kShortestSide = 64;
inline constexpr int kLongestSide = 8192;  ///< device pixels
inline constexpr double kSlowestExport = 0.1;
inline constexpr double kFastestExport = 25.0;
inline constexpr double kGreatestScale = 4.0;
[[nodiscard]] Result<void> checkExport(const ExportRequest& request, const Trace& trace);

/// The plan of an animation at this speed.
[[nodiscard]] std::vector<Moment> momentsOf(const ExportRequest& request, const Trace& trace);

}  // namespace crystallite
