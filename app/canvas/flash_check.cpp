#include "app/canvas/flash_check.h"

#include "app/canvas/cell_material.h"

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace crystallite {

namespace {

constexpr double kSampleMs = 1000.0 / 120.0;  // a fast screen
constexpr double kDashInk = 0.56;             // of the period of a broken outline, see cell.frag

/// Ink of a glyph in texels.
double coverageOf(const QImage& atlas, const QRectF& texels) {
    const QRect area = texels.toAlignedRect().intersected(atlas.rect());
    double sum = 0.0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        const uchar* line = atlas.constScanLine(y);
        for (int x = area.left(); x <= area.right(); ++x) {
            sum += line[x];
        }
    }
    return sum / 255.0;
}

/// Adds up the luminance of parts of one area.
class LuminanceSum {
public:
    explicit LuminanceSum(double area) : left_(area), area_(area) {}
    void add(double area, const Colour& colour) {
        const double taken = std::min(area, left_);
        left_ -= taken;
        sum_ += taken * static_cast<double>(relativeLuminance(colour));
    }
    [[nodiscard]] float meanOver(const Colour& rest) const {
        return static_cast<float>((sum_ + left_ * static_cast<double>(relativeLuminance(rest))) / area_);
    }

private:
    double left_;
    double area_;
    double sum_ = 0.0;
};

/// Lays out the trace as a window of its own would.
class Player {
public:
    Player(const Trace& trace, const Theme& theme, const QFont& font, const FlashSettings& settings)
        : trace_(trace), settings_(settings), palette_(theme), shaper_(font), atlas_(shaper_) {
        const std::vector<SlotWidth> widths = replayWidths(trace, [&](TokenId id) { return shaper_.shape(trace, id).advance; });
        LayoutSettings layout{.viewport = settings.viewport, .promptLength = trace.promptLength()};
        layout.board = trace.header().layout;
        layout_ = CanvasLayout(widths, layout);
        counters_.resize(trace.slots());
    }

    FlashReport play() {
        for (uint32_t frame = 0; frame <= trace_.steps(); ++frame) {
            show(frame);
            if (settings_.goesOn && !settings_.goesOn()) {
                break;
            }
        }
        FlashReport report;
        for (uint32_t position = 0; position < counters_.size(); ++position) {
            if (counters_[position].most() > report.flashes) {
                report = {.flashes = counters_[position].most(), .position = position, .seconds = counters_[position].mostAt()};
            }
        }
        return report;
    }

private:
    void show(uint32_t frame) {
        const bool crossFades = settings_.pace.isFast() && !settings_.reducedMotion && frame > 0;
        SceneSettings scene{.frame = frame, .pace = settings_.pace, .visual = settings_.visual};
        scene.extent = {.top = 0.0, .bottom = layout_.contentSize().height()};
        if (crossFades) {
            scene.previousFrame = frame - 1;
        }
        SceneBuilder builder(trace_, layout_, palette_, shaper_, atlas_);
        CanvasScene shown = builder.build(scene);
        if (atlas_.full()) {
            atlas_.clear();
            shown = builder.build(scene);
        }
        const double interval = static_cast<double>(std::max(settings_.pace.intervalMs, 1));
        const int samples = static_cast<int>(std::ceil(interval / kSampleMs));
        for (int sample = 0; sample < samples; ++sample) {
            const double elapsed = interval * (sample + 1) / samples;
            const Motion motion = settings_.reducedMotion ? Motion{} : motionAt(elapsed - interval / samples, settings_.pace, crossFades);
            const double seconds = (frame * interval + elapsed) / 1000.0;
            for (const CanvasScene::SlotPart& part : shown.parts) {
                counters_[part.position].add(seconds, slotLuminance(shown, part, atlas_.image(), motion, palette_.theme()));
            }
        }
    }

    const Trace& trace_;
    const FlashSettings& settings_;
    CellPalette palette_;
    TextShaper shaper_;
    GlyphAtlas atlas_;
    CanvasLayout layout_;
    std::vector<FlashCounter> counters_;
};

}  // namespace

void FlashCounter::add(double seconds, float luminance) {
    if (!started_) {
        started_ = true;
        low_ = high_ = luminance;
    }
    while (!turns_.empty() && turns_.front() <= seconds - 1.0) {
        turns_.pop_front();
    }
    low_ = std::min(low_, luminance);
    high_ = std::max(high_, luminance);
    if (direction_ != Direction::Up && luminance - low_ >= kFlashChange && low_ < kFlashDarker) {
        turn(Direction::Up, seconds, luminance);
    } else if (direction_ != Direction::Down && high_ - luminance >= kFlashChange && luminance < kFlashDarker) {
        turn(Direction::Down, seconds, luminance);
    }
}

void FlashCounter::turn(Direction direction, double seconds, float luminance) {
    direction_ = direction;
    low_ = high_ = luminance;
    turns_.push_back(seconds);
    const auto flashes = static_cast<uint32_t>(turns_.size() / 2);
    if (flashes > most_) {
        most_ = flashes;
        mostAt_ = seconds;
    }
}

float slotLuminance(const CanvasScene& scene, const CanvasScene::SlotPart& part, const QImage& atlas, const Motion& motion,
                    const Theme& theme) {
    const CellInstance& cell = scene.cells[part.firstCell];
    const double width = cell.rect.width();
    const double height = cell.rect.height();
    const Colour fill = glm::mix(theme.window, glm::mix(cell.previousFill, cell.fill, motion.fade), cell.fillOpacity);
    const Colour lit = glm::mix(fill, theme.accent, cell.light * kLightPeak);
    const Colour face = glm::mix(lit, theme.committed, cell.snap * motion.snap * kSnapPeak);
    LuminanceSum sum(width * height);

    const auto line = static_cast<double>(cell.outlineWidth);
    const double inked = 2.0 * line * (width + height - 2.0 * line) * (cell.dash > 0.0F ? kDashInk : 1.0);
    sum.add(inked, glm::mix(face, cell.outline, cell.outlineOpacity));
    const auto legs = static_cast<double>(cell.notch);
    sum.add(legs * legs / 2.0, glm::mix(face, cell.snap > 0.0F ? theme.committed : theme.guess, kNotchOpacity));
    for (size_t index = part.firstGlyph; index < part.endGlyph; ++index) {
        const GlyphInstance& glyph = scene.glyphs[index];
        const float shown = glyph.fade > 0.0F ? motion.fade : (glyph.fade < 0.0F ? 1.0F - motion.fade : 1.0F);
        const double texel = glyph.rect.width() * glyph.rect.height() / std::max(glyph.texels.width() * glyph.texels.height(), 1.0);
        sum.add(coverageOf(atlas, glyph.texels) * texel, glm::mix(face, glyph.colour, glyph.opacity * shown));
    }
    return sum.meanOver(face);
}

FlashReport checkFlashes(const Trace& trace, const Theme& theme, const QFont& font, const FlashSettings& settings) {
    return trace.slots() == 0 ? FlashReport{} : Player(trace, theme, font, settings).play();
}

}  // namespace crystallite
