#include "app/canvas/canvas_widget.h"

#include "app/canvas/canvas_accessible.h"
#include "app/canvas/canvas_item.h"
#include "app/canvas/canvas_painter.h"
#include "app/canvas/canvas_surface.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QPainter>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSGRendererInterface>

#include <utility>

namespace crystallite {

namespace {

bool shadersRun() {
    const QString platform = QGuiApplication::platformName();
    const bool noSurface = platform == QStringLiteral("offscreen") || platform == QStringLiteral("minimal");
    return !noSurface && QQuickWindow::graphicsApi() != QSGRendererInterface::Software &&
           qEnvironmentVariable("QT_QUICK_BACKEND") != QStringLiteral("software");
}

bool wantsSceneGraph(CanvasRenderer renderer) {
    if (renderer != CanvasRenderer::Automatic) {
        return renderer == CanvasRenderer::SceneGraph;
    }
    return qEnvironmentVariable("CRYSTALLITE_CANVAS") != QStringLiteral("painter") && shadersRun();
}

}  // namespace

CanvasWidget::CanvasWidget(QWidget* parent, CanvasRenderer renderer) : QWidget(parent), view_(std::make_unique<CanvasView>(canvasFont())) {
    // First of all: with a screen reader running, the next line already makes Qt ask for the interface and keep what it gets.
    installCanvasAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    setAccessibleName(tr("Canvas"));
    if (wantsSceneGraph(renderer)) {
        setupScene();
    } else {
        connect(view_.get(), &CanvasView::changed, this, QOverload<>::of(&QWidget::update));
    }
    setTheme(view_->theme());
}

CanvasWidget::~CanvasWidget() {
    delete quick_;  // its item borrows the view
}

void CanvasWidget::setupScene() {
    quick_ = new CanvasSurface(this);
    item_ = new CanvasItem(*view_, quick_->quickWindow()->contentItem());
    connect(view_.get(), &CanvasView::changed, quick_, &CanvasSurface::drawWithTheWindow);
}

void CanvasWidget::setDocument(RunDocument* document) {
    if (view_->document() != nullptr) {
        view_->document()->disconnect(this);
    }
    view_->setDocument(document);
    if (document == nullptr) {
        return;
    }
    const auto announce = [this](QAccessible::Event kind) {
        QAccessibleEvent event(this, kind);
        QAccessible::updateAccessibility(&event);
    };
    connect(document, &RunDocument::traceReset, this, [announce] { announce(QAccessible::ObjectReorder); });
    connect(document, &RunDocument::selectionChanged, this, [this] {
        if (const auto selected = view_->document()->selectedSlot(); selected && hasFocus()) {
            QAccessibleEvent event(this, QAccessible::Focus);
            event.setChild(static_cast<int>(*selected));
            QAccessible::updateAccessibility(&event);
        }
    });
}

RunDocument* CanvasWidget::document() const {
    return view_->document();
}

void CanvasWidget::setTheme(const Theme& theme) {
    view_->setTheme(theme);
    if (quick_ != nullptr) {
        quick_->setClearColor(toQColor(theme.window));
    }
}

void CanvasWidget::setReducedMotion(bool reduced) {
    view_->setReducedMotion(reduced);
}

void CanvasWidget::setPlaybackInterval(int milliseconds) {
    view_->setPlaybackInterval(milliseconds);
}

void CanvasWidget::setLivePace(int milliseconds, bool lightMoves) {
    view_->setLivePace(milliseconds, lightMoves);
}

void CanvasWidget::setDetailScale(bool detail) {
    VisualSettings settings = view_->visualSettings();
    settings.detailScale = detail;
    view_->setVisualSettings(settings);
}

void CanvasWidget::setShowsShifts(bool shows) {
    VisualSettings settings = view_->visualSettings();
    settings.shifts = shows;
    view_->setVisualSettings(settings);
}

void CanvasWidget::setFoldsEnds(bool folds) {
    if (folds != view_->foldsEnds()) {
        view_->setFoldsEnds(folds);
        Q_EMIT foldsEndsChanged(folds);
    }
}

void CanvasWidget::setLight(std::optional<SlotLight> light) {
    view_->setLight(std::move(light));
}

void CanvasWidget::setShape(CanvasShape shape) {
    view_->setShape(shape);
    setAccessibleDescription(shape == CanvasShape::CoreSample
                                 ? tr("Core sample: the page of this step, inside the block of all steps. Time runs from far to near.")
                                 : QString());
}

CanvasShape CanvasWidget::shape() const {
    return view_->shape();
}

CoreSample* CanvasWidget::core() const {
    return view_->core();
}

double CanvasWidget::textZoom() const {
    return view_->textZoom();
}

void CanvasWidget::setTextZoom(double zoom) {
    view_->setTextZoom(zoom);
    Q_EMIT textZoomChanged(view_->textZoom());
}

void CanvasWidget::zoomBy(double factor, std::optional<QPointF> anchor) {
    const double zoom = view_->textZoom() * factor;
    anchor ? view_->setTextZoom(zoom, *anchor) : view_->setTextZoom(zoom);
    Q_EMIT textZoomChanged(view_->textZoom());
}

void CanvasWidget::fitRun() {
    view_->setFitsRun();
    Q_EMIT textZoomChanged(view_->textZoom());
}

void CanvasWidget::zoomToSelection() {
    if (!view_->isEmpty() && document()->selectedSlot()) {
        view_->zoomToSlot(*document()->selectedSlot());
        Q_EMIT textZoomChanged(view_->textZoom());
    }
}

QImage CanvasWidget::grabImage() {
    updateViewport();
    return quick_ != nullptr ? quick_->grabFramebuffer() : paintedCanvas(*view_);
}

bool CanvasWidget::isAnimating() const {
    return view_->isAnimating();
}

QRect CanvasWidget::slotRect(uint32_t position) const {
    return view_->slotRect(position).toAlignedRect();
}

std::optional<uint32_t> CanvasWidget::slotAt(QPoint point) const {
    return view_->slotAt(point);
}

void CanvasWidget::scrollToSlot(uint32_t position) {
    view_->scrollToSlot(position);
}

QSize CanvasWidget::sizeHint() const {
    return {860, 560};
}

void CanvasWidget::updateViewport() {
    view_->setViewport(size(), devicePixelRatioF());
    if (quick_ != nullptr) {
        quick_->setGeometry(rect());
        item_->setSize(size());
    }
}

void CanvasWidget::paintEvent(QPaintEvent*) {
    if (quick_ == nullptr) {
        updateViewport();  // the window may have moved to a screen of another density
        QPainter painter(this);
        paintCanvas(painter, *view_);
    }
}

void CanvasWidget::resizeEvent(QResizeEvent*) {
    updateViewport();
}

void CanvasWidget::showEvent(QShowEvent*) {
    updateViewport();
}

}  // namespace crystallite
