#include "app/canvas/canvas_widget.h"

#include "app/canvas/canvas_accessible.h"
#include "app/canvas/canvas_item.h"
#include "app/canvas/canvas_painter.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/slot_names.h"
#include "app/run_document.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QQuickItem>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSGRendererInterface>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <optional>
#include <utility>

namespace crystallite {

namespace {

constexpr double kZoomFactor = 1.1;  // of one key press or one notch of the wheel

/// Inter where it is installed, else the desktop's own face: both are drawn without hinting.
QFont canvasFont() {
    QFont font = QGuiApplication::font();
    font.setFamilies({QStringLiteral("Inter"), font.family()});
    return font;
}

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

std::optional<Direction> directionOf(const QKeyEvent& event) {
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        return std::nullopt;
    }
    switch (event.key()) {
        case Qt::Key_Left: return Direction::Left;
        case Qt::Key_Right: return Direction::Right;
        case Qt::Key_Up: return Direction::Up;
        case Qt::Key_Down: return Direction::Down;
        default: return std::nullopt;
    }
}

bool isActivation(const QKeyEvent& event) {
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
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
    }
    connect(view_.get(), &CanvasView::changed, this, QOverload<>::of(&QWidget::update));
    setTheme(view_->theme());
}

CanvasWidget::~CanvasWidget() {
    delete quick_;  // its item borrows the view
}

void CanvasWidget::setupScene() {
    quick_ = new QQuickWidget(this);
    quick_->setFocusPolicy(Qt::NoFocus);
    quick_->setAttribute(Qt::WA_TransparentForMouseEvents);
    quick_->setResizeMode(QQuickWidget::SizeRootObjectToView);
    item_ = new CanvasItem(*view_, quick_->quickWindow()->contentItem());
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

void CanvasWidget::setDetailScale(bool detail) {
    view_->setVisualSettings({.detailScale = detail});
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
    const double before = view_->textZoom();
    view_->setTextZoom(zoom);
    if (view_->textZoom() != before) {
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

bool CanvasWidget::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // The window's menu steps with the same arrows; inside the canvas they move the selection.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (directionOf(*key) || isActivation(*key)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        showToolTip(*static_cast<QHelpEvent*>(event));
        return true;
    }
    return QWidget::event(event);
}

void CanvasWidget::showToolTip(const QHelpEvent& event) {
    const auto position = view_->slotAt(event.pos());
    if (position && document() != nullptr) {
        QToolTip::showText(event.globalPos(), slotToolTip(document()->trace(), document()->frame(), *position), this, slotRect(*position));
    } else {
        QToolTip::hideText();
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

bool CanvasWidget::moveSelection(Direction direction) {
    if (view_->isEmpty()) {
        return false;
    }
    RunDocument& run = *document();
    const auto selected = run.selectedSlot();
    run.selectSlot(selected ? view_->layout().neighbour(*selected, direction) : run.trace().promptLength() % run.trace().slots());
    return true;
}

void CanvasWidget::keyPressEvent(QKeyEvent* event) {
    if (const auto direction = directionOf(*event); direction && moveSelection(*direction)) {
        return;
    }
    if (core() != nullptr && keyCore(*core(), *event)) {
        return;
    }
    if (isActivation(*event) && !view_->isEmpty() && document()->selectedSlot()) {
        Q_EMIT slotActivated(*document()->selectedSlot());
    } else if (event->matches(QKeySequence::ZoomIn)) {
        setTextZoom(textZoom() * kZoomFactor);
    } else if (event->matches(QKeySequence::ZoomOut)) {
        setTextZoom(textZoom() / kZoomFactor);
    } else if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier) {
        setTextZoom(1.0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CanvasWidget::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || view_->isEmpty()) {
        QWidget::mousePressEvent(event);
        return;
    }
    if (core() != nullptr) {
        drag_.press(*event);
        return;
    }
    document()->selectSlot(view_->slotAt(event->position()));
}

void CanvasWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && drag_.release() && !view_->isEmpty()) {
        document()->selectSlot(view_->slotAt(event->position()));
    }
}

void CanvasWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (core() != nullptr) {
        core()->resetView();
    } else if (const auto position = view_->slotAt(event->position())) {
        Q_EMIT slotActivated(*position);
    }
}

void CanvasWidget::mouseMoveEvent(QMouseEvent* event) {
    if (core() == nullptr || !drag_.move(*core(), *event)) {
        view_->setHovered(view_->slotAt(event->position()));
    }
}

void CanvasWidget::leaveEvent(QEvent*) {
    view_->setHovered(std::nullopt);
}

void CanvasWidget::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (core() != nullptr) {
        wheelCore(*core(), *event);
    } else if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setTextZoom(textZoom() * std::pow(kZoomFactor, notches));
    } else {
        const double pixels = event->pixelDelta().isNull() ? notches * 3.0 * fontMetrics().height() : event->pixelDelta().y();
        view_->scrollBy(-pixels);
    }
    event->accept();
}

void CanvasWidget::focusInEvent(QFocusEvent*) {
    view_->setFocused(true);
}

void CanvasWidget::focusOutEvent(QFocusEvent*) {
    view_->setFocused(false);
}

}  // namespace crystallite
