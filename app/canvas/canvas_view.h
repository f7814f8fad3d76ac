#pragma once

#include "app/canvas/canvas_layout.h"
#include "app/canvas/canvas_motion.h"
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
    [[nodiscard]] const Theme& theme() const { return palette_.theme(); }
    void setReducedMotion(bool reduced);
    void setPlaybackInterval(int milliseconds);
    /// How a run that is followed live is shown: a frame every so many milliseconds (0: every step), with light that moves between two of
    /// them or without.
    void setLivePace(int milliseconds, bool lightMoves);
    void setVisualSettings(const VisualSettings& settings);
    [[nodiscard]] const VisualSettings& visualSettings() const { return visual_; }
    void setShape(CanvasShape shape);
    [[nodiscard]] CanvasShape shape() const { return shape_; }
    /// nullptr while the shape is another.
    [[nodiscard]] CoreSample* core() const { return shape_ == CanvasShape::CoreSample ? core_.get() : nullptr; }
    /// Runs of end-of-text are one tile each. Only of a finished run: a growing one would move its slots with every step.
    void setFoldsEnds(bool folds);
    [[nodiscard]] bool foldsEnds() const { return foldsEnds_; }
    /// Nothing: no light. One of another frame is kept, and shows when the cursor is there.
    void setLight(std::optional<SlotLight> light);
    [[nodiscard]] const std::optional<SlotLight>& light() const { return light_; }
    /// Clamped to kLeastZoom .. kMostZoom; what is at `anchor`, a point of the viewport, stays there as far as the content allows.
    void setTextZoom(double zoom, QPointF anchor);
    void setTextZoom(double zoom);  ///< around the selected slot when it is in view, else around the middle
    [[nodiscard]] double textZoom();
    /// The whole run is in view, at whatever size, until another zoom is set.
    void setFitsRun();
    [[nodiscard]] bool fitsRun() const { return fitsRun_; }
    /// The slot in the middle of the view, in type that is as large as on the sparsest canvas.
    void zoomToSlot(uint32_t position);
    static constexpr double kLeastZoom = 0.1;
    static constexpr double kMostZoom = 4.0;
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
    /// What does not scroll, in viewport coordinates. Asked for before scene(), for it may set up the atlas anew.
    [[nodiscard]] const CanvasScene& overlay();
    /// Rings of selection and pointer, and of the slot that a light comes from, in content coordinates.
    [[nodiscard]] std::vector<CellInstance> rings();
    [[nodiscard]] const GlyphAtlas& atlas() const { return *atlas_; }

    [[nodiscard]] Motion motion() const;
    [[nodiscard]] bool isAnimating() const { return tick_.isActive(); }

    [[nodiscard]] QPointF scroll() const { return scroll_; }  ///< content pixels left of and above the viewport
    [[nodiscard]] QPointF drawnScroll() const;                ///< on whole device pixels
    void scrollBy(QPointF pixels);
    void scrollToSlot(uint32_t position);
    [[nodiscard]] QPointF greatestScroll();

    [[nodiscard]] std::optional<uint32_t> slotAt(QPointF viewportPoint);
    [[nodiscard]] QRectF slotRect(uint32_t position);  ///< in the viewport; empty when there is no such slot

Q_SIGNALS:
    void changed();  ///< needs a repaint

private:
    void onTraceReset();
    void onStepsTold(uint32_t first, uint32_t last);
    void onFrameChanged(uint32_t frame);
    void onSelectionChanged();
    void onLiveChanged();
    [[nodiscard]] Pace pace() const;
    [[nodiscard]] bool followsLive() const;
    [[nodiscard]] LayoutSettings layoutSettings() const;
    [[nodiscard]] bool isLit() const;
    void keepInView(uint32_t position, QPointF before);
    [[nodiscard]] AdvanceOf advanceOf();
    void measure();
    void forgetLayout();
    void forgetScene();
    [[nodiscard]] CanvasScene buildScene(const CanvasLayout& layout);
    [[nodiscard]] bool sceneCoversView() const;
    /// Device pixels per pixel of the page, which is smaller inside the core sample.
    [[nodiscard]] double pageRatio() const;

    RunDocument* document_ = nullptr;
    CellPalette palette_{Theme::darkTheme()};
    VisualSettings visual_;
    std::optional<SlotLight> light_;
    std::vector<float> lightShares_;
    bool foldsEnds_ = false;
    TextShaper shaper_;
    std::unique_ptr<GlyphAtlas> atlas_;
    std::vector<SlotWidth> widths_;
    CanvasLayout layout_;
    CanvasScene scene_;
    CanvasScene overlay_;
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
    int liveInterval_ = 0;
    bool liveLightMoves_ = true;
    double textZoom_ = 1.0;
    bool fitsRun_ = false;
    QSizeF viewport_;
    double devicePixelRatio_ = 1.0;
    QPointF scroll_;
    CanvasShape shape_ = CanvasShape::Page;
    std::unique_ptr<CoreSample> core_;
    QElapsedTimer clock_;
    QTimer tick_;
};

}  // namespace crystallite
