#pragma once

#include "app/canvas/canvas_scene.h"

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <optional>

namespace crystallite {

/// What stands still while the canvas scrolls, in viewport coordinates.
struct OverlaySettings {
    QSizeF viewport;
    QSizeF content;
    QPointF scroll;
    std::optional<float> maskedShare;  ///< nothing: no thermometer
    QString caption;                   ///< empty: no line at the foot
    double devicePixelRatio = 1.0;
};

/// Thermometer of the masked share at the left edge, marks of the scroll position at the other two where there is something to scroll, and
/// the caption at the foot.
[[nodiscard]] CanvasScene overlayOf(const OverlaySettings& settings, const Theme& theme, TextShaper& shaper, GlyphAtlas& atlas);

/// Track of the thermometer; the column fills it from below to the masked share of its height.
[[nodiscard]] QRectF thermometerTrack(QSizeF viewport);
inline constexpr double kCaptionHeight = 48.0;  ///< logical pixels, from the foot of the viewport; two lines

/// Masked slots over the slots of the answer at `frame`, 0..1; nothing where there are none.
[[nodiscard]] std::optional<float> maskedShare(const Trace& trace, uint32_t frame);

}  // namespace crystallite
