#include "app/canvas/canvas_view.h"

#include "app/run_document.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {

namespace {

constexpr int kEventMs = 120;  // light of a commit, and the longest cross-fade
constexpr int kTickMs = 16;
constexpr int kCrossFadeBelowMs = 334;  // faster than three steps a second
constexpr double kAroundView = 0.25;    // of the viewport, above and below it: a short scroll needs no new display list
constexpr double kScrollMargin = 24.0;  // kept between the selected slot and the edge

}  // namespace

CanvasView::CanvasView(const QFont& font, QObject* parent) : QObject(parent), shaper_(font), atlas_(std::make_unique<GlyphAtlas>(shaper_)) {
    tick_.setInterval(kTickMs);
    connect(&tick_, &QTimer::timeout, this, [this] {
        if (clock_.elapsed() >= kEventMs) {
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
        connect(document_, &RunDocument::stepAppended, this, &CanvasView::onStepAppended);
        connect(document_, &RunDocument::frameChanged, this, &CanvasView::onFrameChanged);
        connect(document_, &RunDocument::selectionChanged, this, &CanvasView::onSelectionChanged);
        connect(document_, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    }
    onTraceReset();
}

bool CanvasView::isEmpty() const {
    return document_ == nullptr || document_->isEmpty();
}

void CanvasView::setTheme(const Theme& theme) {
    theme_ = theme;
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

void CanvasView::setVisualSettings(const VisualSettings& settings) {
    visual_ = settings;
    forgetScene();
}

void CanvasView::setLight(std::optional<SlotLight> light) {
    light_ = std::move(light);
    forgetScene();
}

void CanvasView::setTextZoom(double zoom) {
    textZoom_ = std::clamp(zoom, 0.5, 3.0);
    forgetLayout();
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
        Q_EMIT changed();
    }
}

const CanvasLayout& CanvasView::layout() {
    if (layoutStale_) {
        layoutStale_ = false;
        LayoutSettings settings{.viewport = viewport_, .textZoom = textZoom_};
        if (!isEmpty()) {
            const Trace& trace = document_->trace();
            settings.promptLength = trace.promptLength();
            settings.board = trace.header().layout;
            if (const BlockGrid grid(trace.header().settings, trace.promptLength()); grid.count() > 1) {
                settings.blocks = grid;
            }
        }
        layout_ = CanvasLayout(widths_, settings);
        scroll_ = std::clamp(scroll_, 0.0, greatestScroll());
    }
    return layout_;
}

const CanvasScene& CanvasView::scene() {
    const CanvasLayout& layout = this->layout();
    if (sceneStale_ || (!isEmpty() && !sceneCoversView())) {
        sceneStale_ = false;
        ++sceneRevision_;
        scene_ = isEmpty() ? CanvasScene() : buildScene(layout);
    }
    return scene_;
}

CanvasScene CanvasView::buildScene(const CanvasLayout& layout) {
    const double around = kAroundView * viewport_.height();
    sceneExtent_ = {.top = scroll_ - around, .bottom = scroll_ + viewport_.height() + around};
    SceneBuilder builder(document_->trace(), layout, theme_, shaper_, *atlas_);
    const SceneSettings settings{.frame = document_->frame(),
                                 .previousFrame = previousFrame_,
                                 .visual = visual_,
                                 .devicePixelRatio = devicePixelRatio_,
                                 .extent = sceneExtent_};
    CanvasScene scene = builder.build(settings);
    if (atlas_->full()) {
        // Sizes and tokens of earlier frames fill it; this frame alone is started over.
        atlas_->clear();
        scene = builder.build(settings);
    }
    return scene;
}

bool CanvasView::sceneCoversView() const {
    return sceneExtent_.top <= scroll_ && scroll_ + viewport_.height() <= sceneExtent_.bottom;
}

std::vector<CellInstance> CanvasView::rings() {
    const CanvasLayout& layout = this->layout();
    std::vector<CellInstance> rings;
    const auto add = [&](uint32_t position, const Colour& colour, float width, float opacity) {
        rings.push_back(ringOf(layout.slot(position), layout.fontPixels(position), colour, width, opacity));
    };
    const std::optional<uint32_t> selected = isEmpty() ? std::nullopt : document_->selectedSlot();
    if (hovered_ && *hovered_ < layout.size() && hovered_ != selected) {
        add(*hovered_, theme_.focusRing, 1.0F, 0.45F);
    }
    if (selected && *selected < layout.size()) {
        add(*selected, theme_.focusRing, focused_ ? 2.0F : 1.5F, focused_ ? 1.0F : 0.75F);
    } else if (focused_) {
        // Without a slot to ring, the focus is on the canvas as a whole; the ring stands 3 px outside of what it is given.
        const QRectF whole(QPointF(0.0, scroll_), viewport_);
        rings.push_back(ringOf(whole.adjusted(5.0, 5.0, -5.0, -5.0), 0.0F, theme_.focusRing, 2.0F, 1.0F));
    }
    return rings;
}

CanvasView::Motion CanvasView::motion() const {
    if (!tick_.isActive() || reducedMotion_) {
        return {};
    }
    const float t = std::clamp(static_cast<float>(clock_.elapsed()) / static_cast<float>(kEventMs), 0.0F, 1.0F);
    return {.snap = (1.0F - t) * (1.0F - t), .fade = previousFrame_ ? t * t * (3.0F - 2.0F * t) : 1.0F};
}

double CanvasView::greatestScroll() {
    return std::max(0.0, std::ceil(layout().contentSize().height() - viewport_.height()));
}

void CanvasView::scrollBy(double pixels) {
    const double wanted = std::clamp(scroll_ + pixels, 0.0, greatestScroll());
    if (wanted != scroll_) {
        scroll_ = wanted;
        Q_EMIT changed();
    }
}

void CanvasView::scrollToSlot(uint32_t position) {
    if (position >= layout().size()) {
        return;
    }
    const QRectF rect = layout().slot(position);
    if (rect.top() - kScrollMargin < scroll_) {
        scrollBy(rect.top() - kScrollMargin - scroll_);
    } else if (rect.bottom() + kScrollMargin > scroll_ + viewport_.height()) {
        scrollBy(rect.bottom() + kScrollMargin - scroll_ - viewport_.height());
    }
}

std::optional<uint32_t> CanvasView::slotAt(QPointF viewportPoint) {
    return layout().slotAt(viewportPoint + QPointF(0.0, scroll_));
}

QRectF CanvasView::slotRect(uint32_t position) {
    return position < layout().size() ? layout().slot(position).translated(0.0, -scroll_) : QRectF();
}

void CanvasView::onTraceReset() {
    shaper_.forgetTokens();
    previousFrame_.reset();
    tick_.stop();
    hovered_.reset();
    scroll_ = 0.0;
    shownFrame_ = isEmpty() ? 0 : document_->frame();
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

void CanvasView::onStepAppended(uint32_t step) {
    std::vector<SlotWidth> grown = grownWidths(widths_, document_->trace(), step, advanceOf());
    if (grown != widths_) {
        widths_ = std::move(grown);
        forgetLayout();
    }
}

void CanvasView::onFrameChanged(uint32_t frame) {
    const bool oneStepOn = frame == shownFrame_ + 1;
    const bool fast = document_->isLive() || (playbackInterval_ > 0 && playbackInterval_ < kCrossFadeBelowMs);
    previousFrame_.reset();
    tick_.stop();
    if (oneStepOn && !reducedMotion_) {
        startClock(fast);
    }
    shownFrame_ = frame;
    forgetScene();
}

void CanvasView::startClock(bool crossFade) {
    if (crossFade) {
        previousFrame_ = shownFrame_;
    }
    clock_.start();
    tick_.start();
}

void CanvasView::onSelectionChanged() {
    if (const auto selected = document_->selectedSlot()) {
        scrollToSlot(*selected);
    }
    Q_EMIT changed();
}

void CanvasView::forgetLayout() {
    layoutStale_ = true;
    forgetScene();
}

void CanvasView::forgetScene() {
    sceneStale_ = true;
    Q_EMIT changed();
}

}  // namespace crystallite
