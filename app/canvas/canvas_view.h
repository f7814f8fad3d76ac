#pragma once

#include "app/canvas/canvas_layout.h"
#include "app/canvas/canvas_scene.h"
#include "app/canvas/slot_light.h"
#include "app/theme.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace crystallite {

class CoreSample;
class RunDocument;

/// How the slots of a run are laid out.
enum class CanvasShape : uint8_t {
    Page,        ///< rows of text, or the board of a puzzle: one frame at a time
    CoreSample,  ///< that page inside the block of all frames
};

/// Everything the canvas shows, independent of how it is drawn: layout, display list, scroll, zoom, selection, and the short clock that
/// follows an event. The display list is a function of (trace, frame, settings); only the clock knows time. UI thread.
class CanvasView : public QObject {
    Q_OBJECT
public:
    explicit CanvasView(const QFont& font, QObject* parent = nullptr);
    ~CanvasView() override;

    void setDocument(RunDocument* document);
    [[nodiscard]] RunDocument* document() const { return document_; }
    [[nodiscard]] bool isEmpty() const;
    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return theme_; }
    void setReducedMotion(bool reduced);
    void setPlaybackInterval(int milliseconds) { playbackInterval_ = milliseconds; }
    void setVisualSettings(const VisualSettings& settings);
    [[nodiscard]] const VisualSettings& visualSettings() const { return visual_; }
    void setShape(CanvasShape shape);
    [[nodiscard]] CanvasShape shape() const { return shape_; }
    /// nullptr while the shape is another.
    [[nodiscard]] CoreSample* core() const { return shape_ == CanvasShape::CoreSample ? core_.get() : nullptr; }
    /// Nothing: no light. One of another frame is kept, and shows when the cursor is there.
    void setLight(std::optional<SlotLight> light);
    [[nodiscard]] const std::optional<SlotLight>& light() const { return light_; }
    void setTextZoom(double zoom);
    [[nodiscard]] double textZoom() const { return textZoom_; }
    void setViewport(QSizeF size, double devicePixelRatio);
    [[nodiscard]] QSizeF viewport() const { return viewport_; }
    [[nodiscard]] double devicePixelRatio() const { return devicePixelRatio_; }
    /// Device pixels per pixel of scene(): fewer or more than devicePixelRatio() where the page stands in the core sample.
    [[nodiscard]] double sceneRatio() const { return sceneRatio_; }
    void setFocused(bool focused);
    void setHovered(std::optional<uint32_t> position);

    [[nodiscard]] const CanvasLayout& layout();
    /// What is in view and a little around it, in content coordinates; rebuilt when something it depends on has changed.
    [[nodiscard]] const CanvasScene& scene();
    [[nodiscard]] uint64_t sceneRevision() const { return sceneRevision_; }
    /// Rings of selection and pointer, in content coordinates.
    [[nodiscard]] std::vector<CellInstance> rings();
    [[nodiscard]] const GlyphAtlas& atlas() const { return *atlas_; }

    /// Light of the last event: snap 1 at the event .. 0 when it is over, fade 0 .. 1.
    struct Motion {
        float snap = 0.0F;
        float fade = 1.0F;
    };
    [[nodiscard]] Motion motion() const;
    [[nodiscard]] bool isAnimating() const { return tick_.isActive(); }

    [[nodiscard]] double scroll() const { return scroll_; }  ///< content pixels above the viewport
    void scrollBy(double pixels);
    void scrollToSlot(uint32_t position);
    [[nodiscard]] double greatestScroll();

    [[nodiscard]] std::optional<uint32_t> slotAt(QPointF viewportPoint);
    [[nodiscard]] QRectF slotRect(uint32_t position);  ///< in the viewport; empty when there is no such slot

Q_SIGNALS:
    void changed();  ///< needs a repaint

private:
    void onTraceReset();
    void onStepAppended(uint32_t step);
    void onFrameChanged(uint32_t frame);
    void onSelectionChanged();
    [[nodiscard]] AdvanceOf advanceOf();
    void measure();
    void forgetLayout();
    void forgetScene();
    void startClock(bool crossFade);
    [[nodiscard]] CanvasScene buildScene(const CanvasLayout& layout);
    [[nodiscard]] bool sceneCoversView() const;
    /// Device pixels per pixel of the page, which is smaller inside the core sample.
    [[nodiscard]] double pageRatio() const;

    RunDocument* document_ = nullptr;
    Theme theme_ = Theme::darkTheme();
    VisualSettings visual_;
    std::optional<SlotLight> light_;
    TextShaper shaper_;
    std::unique_ptr<GlyphAtlas> atlas_;
    std::vector<SlotWidth> widths_;
    CanvasLayout layout_;
    CanvasScene scene_;
    SceneExtent sceneExtent_;
    double sceneRatio_ = 0.0;
    bool layoutStale_ = true;
    bool sceneStale_ = true;
    uint64_t sceneRevision_ = 0;
    std::optional<uint32_t> previousFrame_;  // of the running cross-fade
    uint32_t shownFrame_ = 0;
    std::optional<uint32_t> hovered_;
    bool focused_ = false;
    bool reducedMotion_ = false;
    int playbackInterval_ = 0;
    double textZoom_ = 1.0;
    QSizeF viewport_;
    double devicePixelRatio_ = 1.0;
    double scroll_ = 0.0;
    CanvasShape shape_ = CanvasShape::Page;
    std::unique_ptr<CoreSample> core_;
    QElapsedTimer clock_;
    QTimer tick_;
};

}  // namespace crystallite
