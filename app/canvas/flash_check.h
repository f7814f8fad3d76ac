#pragma once

#include "app/canvas/canvas_scene.h"
#include "app/theme.h"

#include <QFont>
#include <QSizeF>

#include <cstdint>
#include <deque>
#include <functional>

namespace crystallite {

// WCAG 2.3.1, general flash: a pair of opposing changes of relative luminance of 10 % of the maximum or more, where the darker one is below
// 0.80. At most three of them within any second are safe. Judged for each slot on its own, which is stricter than the guideline: that asks
// for a flashing area of a quarter of ten degrees of the visual field.

inline constexpr float kFlashChange = 0.10F;
inline constexpr float kFlashDarker = 0.80F;
inline constexpr uint32_t kMostFlashes = 3;

/// Counts flashes in the luminance of one place.
class FlashCounter {
public:
    /// Samples in the order of time.
    void add(double seconds, float luminance);
    /// The most flashes within any second so far, and the end of that second.
    [[nodiscard]] uint32_t most() const { return most_; }
    [[nodiscard]] double mostAt() const { return mostAt_; }

private:
    enum class Direction : uint8_t { None, Up, Down };
    void turn(Direction direction, double seconds, float luminance);

    Direction direction_ = Direction::None;
    bool started_ = false;
    float low_ = 0.0F;
    float high_ = 0.0F;
    std::deque<double> turns_;  // of the last second
    uint32_t most_ = 0;
    double mostAt_ = 0.0;
};

/// Mean relative luminance, 0..1, of one slot's rectangle as the display list draws it under `motion`: the areas of face, outline, notch
/// and letters, each with its colour blended over what lies below. Fracture lines, edges of light and shadows, which do not change by
/// themselves, are left out.
[[nodiscard]] float slotLuminance(const CanvasScene& scene, const CanvasScene::SlotPart& part, const QImage& atlas, const Motion& motion,
                                  const Theme& theme);

struct FlashSettings {
    Pace pace;
    VisualSettings visual;
    bool reducedMotion = false;
    QSizeF viewport{880, 560};
    std::function<bool()> goesOn = {};  ///< asked after every frame; false ends the check with what was counted so far
};

struct FlashReport {
    uint32_t flashes = 0;   ///< the most that one slot shows within a second
    uint32_t position = 0;  ///< of that slot
    double seconds = 0.0;   ///< from frame 0, the end of that second
    [[nodiscard]] bool isSafe() const { return flashes <= kMostFlashes; }
};

/// Plays the whole trace at a pace and counts. Nothing is shown. The cost is that of drawing every frame some times.
[[nodiscard]] FlashReport checkFlashes(const Trace& trace, const Theme& theme, const QFont& font, const FlashSettings& settings);

}  // namespace crystallite
