#pragma once

#include "app/canvas/core_sample/core_input.h"
#include "app/canvas/slot_light.h"
#include "app/theme.h"

#include <QImage>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>

class QHelpEvent;

namespace crystallite {

class CanvasItem;
class CanvasSurface;
class CanvasView;
class CoreSample;
class RunDocument;
enum class CanvasShape : uint8_t;
enum class Direction : uint8_t;

/// Which way the canvas is drawn. Both draw the same display list.
enum class CanvasRenderer {
    Automatic,   ///< the scene graph where shaders can run, else the painter; CRYSTALLITE_CANVAS=painter asks for the painter
    SceneGraph,  ///< QQuickWidget with our own materials
    Painter,     ///< QPainter; works without any GPU interface
};

/// The canvas of a run: shows the document's frame, and turns keys, clicks and the wheel into selection and scrolling.
/// Keys while it has the focus: arrows move the selection, with Shift they extend it, as a click with Shift and dragging do; Enter
/// activates it, Ctrl+plus, minus and 0 change the type size; Ctrl+wheel does so too, around the pointer. What is larger than the view is
/// moved with the wheel, in both axes, or by dragging with the middle button. What a core sample adds is in core_input.h. Every other key
/// is left to the shell, as are these where a menu of the window has them.
class CanvasWidget : public QWidget {
    Q_OBJECT
public:
    explicit CanvasWidget(QWidget* parent = nullptr, CanvasRenderer renderer = CanvasRenderer::Automatic);
    ~CanvasWidget() override;

    /// Borrowed; nullptr empties the canvas.
    void setDocument(RunDocument* document);
    [[nodiscard]] RunDocument* document() const;
    void setTheme(const Theme& theme);
    void setReducedMotion(bool reduced);
    /// How long a playback step lasts, so that ghosts cross-fade only when steps come faster than three a second; 0: not playing.
    void setPlaybackInterval(int milliseconds);
    /// See CanvasView::setLivePace().
    void setLivePace(int milliseconds, bool lightMoves);
    void setDetailScale(bool detail);  ///< facet fill over 0..4 nats in place of 0..ln(vocabulary)
    void setLight(std::optional<SlotLight> light);
    void setShape(CanvasShape shape);
    [[nodiscard]] CanvasShape shape() const;
    /// nullptr while the shape is another.
    [[nodiscard]] CoreSample* core() const;
    void setShowsShifts(bool shows);  ///< a strip above each open slot: how far its belief moved in this step, see belief_shift.h
    void setFoldsEnds(bool folds);    ///< runs of end-of-text as one tile each
    [[nodiscard]] double textZoom() const;
    void setTextZoom(double zoom);  ///< CanvasView::kLeastZoom..kMostZoom; 1 lets the canvas choose a size that fills it
    void fitRun();                  ///< the whole run in view, until another zoom is set
    void zoomToSelection();         ///< no effect without one

    /// Said before the name of the canvas; empty: nothing is.
    void setSpokenNote(const QString& note) { spokenNote_ = note; }
    [[nodiscard]] const QString& spokenNote() const { return spokenNote_; }

    /// What is on screen, in device pixels.
    [[nodiscard]] QImage grabImage();
    /// The light of a commit or a cross-fade is still moving.
    [[nodiscard]] bool isAnimating() const;
    /// Rectangle of a slot in this widget's coordinates; empty when there is no such slot.
    [[nodiscard]] QRect slotRect(uint32_t position) const;
    /// The slot at a point of this widget.
    [[nodiscard]] std::optional<uint32_t> slotAt(QPoint point) const;
    void scrollToSlot(uint32_t position);
    [[nodiscard]] bool usesSceneGraph() const { return quick_ != nullptr; }
    [[nodiscard]] const CanvasView& view() const { return *view_; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void slotActivated(uint32_t position);  ///< Enter or double click
    void textZoomChanged(double zoom);
    void foldsEndsChanged(bool folds);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setupScene();
    [[nodiscard]] bool moveSelection(Direction direction, bool extends);
    void dragSelection(QPointF point);
    void updateViewport();
    void showToolTip(const QHelpEvent& event);
    void zoomBy(double factor, std::optional<QPointF> anchor = std::nullopt);

    std::unique_ptr<CanvasView> view_;
    CanvasSurface* quick_ = nullptr;
    CanvasItem* item_ = nullptr;
    CoreDrag drag_;
    QString spokenNote_;
    bool selecting_ = false;          // while the left button is down on a slot of the page
    std::optional<QPointF> panFrom_;  // while the middle button is down
};

}  // namespace crystallite
