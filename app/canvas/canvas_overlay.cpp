#include "app/canvas/canvas_overlay.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

constexpr double kGaugeWidth = 4.0;
constexpr double kGaugeLeft = 4.0;
constexpr double kGaugeInset = 14.0;  // from the upper and lower edge
constexpr int kGaugeParts = 4;
constexpr double kMarkWidth = 4.0;
constexpr double kShortestMark = 24.0;
constexpr float kCaptionType = 12.5F;
constexpr double kCaptionInset = 4.0;

/// Where a part of `whole` that starts at `from` and is `shown` long stands on a track of `length`.
struct Mark {
    double start;
    double length;
};
Mark markOn(double length, double whole, double shown, double from) {
    const double mark = std::max(length * shown / whole, std::min(kShortestMark, length));
    return {(length - mark) * (whole > shown ? std::clamp(from / (whole - shown), 0.0, 1.0) : 0.0), mark};
}

void addThermometer(CanvasScene& scene, const OverlaySettings& settings, const Theme& theme) {
    const QRectF track = thermometerTrack(settings.viewport);
    const auto radius = static_cast<float>(kGaugeWidth / 2.0);
    scene.cells.push_back(barOf(track, theme.border, 1.0F, radius));
    const double height = track.height() * static_cast<double>(*settings.maskedShare);
    if (height > 0.0) {
        scene.cells.push_back(barOf({track.left(), track.bottom() - height, track.width(), height}, theme.masked, 1.0F,
                                    static_cast<float>(std::min(kGaugeWidth, height) / 2.0)));
    }
    for (int part = 1; part < kGaugeParts; ++part) {
        const double y = std::round(track.top() + track.height() * part / kGaugeParts);
        scene.cells.push_back(barOf({track.right() + 1.0, y, 3.0, 1.0}, theme.border));
    }
}

void addScrollMarks(CanvasScene& scene, const OverlaySettings& settings, const Theme& theme) {
    const auto radius = static_cast<float>(kMarkWidth / 2.0);
    const double width = settings.viewport.width();
    const double height = settings.viewport.height();
    if (settings.content.height() > height) {
        const Mark mark = markOn(height - 8.0, settings.content.height(), height, settings.scroll.y());
        scene.cells.push_back(barOf({width - kMarkWidth - 3.0, 4.0 + mark.start, kMarkWidth, mark.length}, theme.mutedText, 0.55F, radius));
    }
    if (settings.content.width() > width) {
        const Mark mark = markOn(width - 8.0, settings.content.width(), width, settings.scroll.x());
        scene.cells.push_back(
            barOf({4.0 + mark.start, height - kMarkWidth - 3.0, mark.length, kMarkWidth}, theme.mutedText, 0.55F, radius));
    }
}

}  // namespace

CanvasScene overlayOf(const OverlaySettings& settings, const Theme& theme, TextShaper& shaper, GlyphAtlas& atlas) {
    CanvasScene scene;
    if (settings.maskedShare) {
        addThermometer(scene, settings, theme);
    }
    addScrollMarks(scene, settings, theme);
    if (!settings.caption.isEmpty()) {
        const QRectF line(0.0, settings.viewport.height() - kCaptionHeight, settings.viewport.width(), kCaptionHeight);
        scene.cells.push_back(barOf(line, theme.panel));
        scene.cells.push_back(barOf({line.left(), line.top(), line.width(), 1.0}, theme.border));
        GlyphSetter setter(shaper, atlas, settings.devicePixelRatio);
        const QStringList lines = settings.caption.split(QLatin1Char('\n'));
        const QRectF inside = line.adjusted(16.0, kCaptionInset, -16.0, -kCaptionInset);
        const double height = inside.height() / static_cast<double>(lines.size());
        QRectF room(inside.left(), inside.top(), inside.width(), height);
        for (const QString& words : lines) {
            const ShapedText text = shaper.shapeString(words);
            const auto wanted = static_cast<double>(text.advance * kCaptionType);
            const auto narrowed = static_cast<float>(std::clamp(room.width() / wanted, 0.7, 1.0));
            setter.setFrom(scene.glyphs, text, room.left(), room,
                           {.colour = &words == &lines.first() ? theme.text : theme.mutedText, .pixels = kCaptionType * narrowed});
            room.translate(0.0, height);
        }
    }
    return scene;
}

QRectF thermometerTrack(QSizeF viewport) {
    return {kGaugeLeft, kGaugeInset, kGaugeWidth, std::max(viewport.height() - 2.0 * kGaugeInset, 1.0)};
}

std::optional<float> maskedShare(const Trace& trace, uint32_t frame) {
    if (trace.slots() == 0) {
        return std::nullopt;
    }
    const Canvas& canvas = trace.canvas(frame);
    const uint32_t answer = answerSlots(canvas);
    if (answer == 0) {
        return std::nullopt;
    }
    return static_cast<float>(canvas.maskedCount()) / static_cast<float>(answer);
}

}  // namespace crystallite
