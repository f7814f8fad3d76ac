#include "app/canvas/canvas_view.h"

#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <algorithm>
#include <utility>

namespace crystallite {

namespace {

constexpr int kTickMs = 16;

}  // namespace

CanvasView::CanvasView(const QFont& font, QObject* parent)
    : QObject(parent), shaper_(font), atlas_(std::make_unique<GlyphAtlas>(shaper_)), core_(std::make_unique<CoreSample>(*this)) {
    tick_.setInterval(kTickMs);
    connect(&tick_, &QTimer::timeout, this, [this] {
        if (clock_.elapsed() >= pace().lightMs()) {
            tick_.stop();
        }
        Q_EMIT changed();
    });
}

CanvasView::~CanvasView() = default;

void CanvasView::setDocument(RunDocument* document) {
    if (document_ != nullptr) {
        document_->disconnect(this);
    }
    document_ = document;
    if (document_ != nullptr) {
        connect(document_, &RunDocument::traceReset, this, &CanvasView::onTraceReset);
        connect(document_, &RunDocument::stepsTold, this, &CanvasView::onStepsTold);
        connect(document_, &RunDocument::frameChanged, this, &CanvasView::onFrameChanged);
        connect(document_, &RunDocument::liveChanged, this, &CanvasView::onLiveChanged);
        connect(document_, &RunDocument::selectionChanged, this, &CanvasView::onSelectionChanged);
        connect(document_, &RunDocument::hoverChanged, this, [this] { setHovered(document_->hoveredSlot()); });
        connect(document_, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    }
    onTraceReset();
}

bool CanvasView::isEmpty() const {
    return document_ == nullptr || document_->isEmpty();
}

void CanvasView::setTheme(const Theme& theme) {
    palette_ = CellPalette(theme);
    forgetScene();
}

void CanvasView::setReducedMotion(bool reduced) {
    reducedMotion_ = reduced;
    if (reduced) {
        tick_.stop();
        previousFrame_.reset();
        forgetScene();
    }
}

void CanvasView::setPlaybackInterval(int milliseconds) {
    if (milliseconds != playbackInterval_) {
        playbackInterval_ = milliseconds;
        forgetScene();  // a frame that stands shows its own numbers, not means
    }
}

void CanvasView::setLivePace(int milliseconds, bool lightMoves) {
    liveInterval_ = milliseconds;  // of the frame that comes next
    liveLightMoves_ = lightMoves;
}

void CanvasView::setVisualSettings(const VisualSettings& settings) {
    const bool moves = settings.shifts != visual_.shifts;
    visual_ = settings;
    core_->forgetBlock();
    moves ? forgetLayout() : forgetScene();
}

void CanvasView::setShape(CanvasShape shape) {
    shape_ = shape;
    previousFrame_.reset();
    forgetLayout();  // ends are folded on the page alone
}

void CanvasView::setFoldsEnds(bool folds) {
    if (folds != foldsEnds_) {
        foldsEnds_ = folds;
        forgetLayout();
    }
}

void CanvasView::setLight(std::optional<SlotLight> light) {
    light_ = std::move(light);
    lightShares_ = light_ ? lightShares(*light_) : std::vector<float>();
    forgetScene();
}

bool CanvasView::isLit() const {
    return light_ && !isEmpty() && light_->frame == document_->frame();
}

void CanvasView::setViewport(QSizeF size, double devicePixelRatio) {
    if (devicePixelRatio != devicePixelRatio_) {
        devicePixelRatio_ = devicePixelRatio;
        atlas_->clear();
        forgetScene();
    }
    if (size != viewport_) {
        viewport_ = size;
        forgetLayout();
    }
}

void CanvasView::setFocused(bool focused) {
    focused_ = focused;
    Q_EMIT changed();
}

void CanvasView::setHovered(std::optional<uint32_t> position) {
    if (position != hovered_) {
        hovered_ = position;
        if (document_ != nullptr) {
            document_->hoverSlot(position);
        }
        Q_EMIT changed();
    }
}

LayoutSettings CanvasView::layoutSettings() const {
    LayoutSettings settings{.viewport = viewport_, .textZoom = textZoom_, .fitsRun = fitsRun_, .stripAbove = visual_.shifts};
    if (isEmpty()) {
        return settings;
    }
    const Trace& trace = document_->trace();
    settings.promptLength = trace.promptLength();
    settings.board = trace.header().layout;
    if (const BlockGrid grid(trace.header().settings, trace.promptLength()); grid.count() > 1) {
        settings.blocks = grid;
    }
    if (foldsEnds_ && !document_->isLive() && core() == nullptr) {
        settings.folds = endRuns(trace);
    }
    return settings;
}

const CanvasLayout& CanvasView::layout() {
    if (layoutStale_) {
        layoutStale_ = false;
        layout_ = CanvasLayout(widths_, layoutSettings());
        const QPointF greatest = greatestScroll();
        scroll_ = QPointF(std::clamp(scroll_.x(), 0.0, greatest.x()), std::clamp(scroll_.y(), 0.0, greatest.y()));
    }
    return layout_;
}

Motion CanvasView::motion() const {
    return tick_.isActive() && !reducedMotion_ ? motionAt(static_cast<double>(clock_.elapsed()), pace(), previousFrame_.has_value())
                                               : Motion{};
}

Pace CanvasView::pace() const {
    if (playbackInterval_ > 0) {
        return {.intervalMs = playbackInterval_};
    }
    if (!followsLive() || document_->frame() == 0) {
        return {};
    }
    // A live run that is followed sets the pace itself; frames that stand long enough are no flicker, however many steps lie between.
    const int step = std::max(1, static_cast<int>(document_->trace().record(document_->frame()).milliseconds));
    return {.intervalMs = liveInterval_ >= kFastBelowMs ? liveInterval_ : step};
}

bool CanvasView::followsLive() const {
    return !isEmpty() && document_->isLive() && document_->followsLive();
}

void CanvasView::onTraceReset() {
    shaper_.forgetTokens();
    previousFrame_.reset();
    tick_.stop();
    hovered_.reset();
    if (isEmpty() || !document_->keepsPlace()) {
        scroll_ = {};
    }
    shownFrame_ = isEmpty() ? 0 : document_->frame();
    core_->forgetBlock();
    measure();
    forgetLayout();
}

AdvanceOf CanvasView::advanceOf() {
    return [this](TokenId id) { return shaper_.shape(document_->trace(), id).advance; };
}

void CanvasView::measure() {
    widths_.clear();
    if (isEmpty()) {
        return;
    }
    const Trace& trace = document_->trace();
    if (!document_->isLive()) {
        widths_ = replayWidths(trace, advanceOf());
        return;
    }
    widths_ = initialWidths(trace, advanceOf());
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        widths_ = grownWidths(std::move(widths_), trace, step, advanceOf());
    }
}

void CanvasView::onStepsTold(uint32_t first, uint32_t last) {
    std::vector<SlotWidth> grown = widths_;
    for (uint32_t step = first; step <= last; ++step) {
        grown = grownWidths(std::move(grown), document_->trace(), step, advanceOf());
    }
    if (grown != widths_) {
        widths_ = std::move(grown);
        forgetLayout();
    }
}

void CanvasView::onFrameChanged(uint32_t frame) {
    const bool oneStepOn = frame == shownFrame_ + 1;
    previousFrame_.reset();
    tick_.stop();
    if (oneStepOn && !reducedMotion_ && (liveLightMoves_ || !followsLive())) {
        if (pace().isFast()) {
            previousFrame_ = shownFrame_;
        }
        clock_.start();
        tick_.start();
    }
    shownFrame_ = frame;
    forgetScene();
}

void CanvasView::onLiveChanged() {
    foldsEnds_ ? forgetLayout() : forgetScene();
}

void CanvasView::onSelectionChanged() {
    if (const auto selected = document_->selectedSlot()) {
        scrollToSlot(*selected);
    }
    core_->forgetFaces();  // the selected column is outlined
    Q_EMIT changed();
}

void CanvasView::forgetLayout() {
    layoutStale_ = true;
    forgetScene();
}

void CanvasView::forgetScene() {
    sceneStale_ = true;
    core_->forgetFaces();
    Q_EMIT changed();
}

}  // namespace crystallite
