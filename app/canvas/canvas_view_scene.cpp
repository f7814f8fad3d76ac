#include "app/canvas/canvas_overlay.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/run_document.h"

#include <span>

// The part of CanvasView that makes display lists.

namespace crystallite {

namespace {

constexpr double kAroundView = 0.25;  // of the viewport, above and below it: a short scroll needs no new display list

}  // namespace

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
    sceneExtent_ = {.top = scroll_.y() - around, .bottom = scroll_.y() + viewport_.height() + around};
    if (core() != nullptr) {
        sceneExtent_ = {.top = 0.0, .bottom = layout.contentSize().height()};
    }
    sceneRatio_ = pageRatio();
    SceneBuilder builder(document_->trace(), layout, palette_, shaper_, *atlas_);
    const SceneSettings settings{.frame = document_->frame(),
                                 .previousFrame = previousFrame_,
                                 .pace = pace(),
                                 .visual = visual_,
                                 .devicePixelRatio = sceneRatio_,
                                 .extent = sceneExtent_,
                                 .lights = isLit() ? std::span<const float>(lightShares_) : std::span<const float>()};
    CanvasScene scene = builder.build(settings);
    if (atlas_->full()) {
        // Sizes and tokens of earlier frames fill it; this frame alone is started over.
        atlas_->clear();
        scene = builder.build(settings);
    }
    return scene;
}

double CanvasView::pageRatio() const {
    return core() != nullptr ? core_->pageRatio() : devicePixelRatio_;
}

bool CanvasView::sceneCoversView() const {
    if (core() != nullptr) {
        return sceneRatio_ == pageRatio();
    }
    return sceneExtent_.top <= scroll_.y() && scroll_.y() + viewport_.height() <= sceneExtent_.bottom;
}

const CanvasScene& CanvasView::overlay() {
    const auto build = [this] {
        static_cast<void>(scene());  // its glyphs come first
        OverlaySettings settings{.viewport = viewport_, .content = viewport_, .devicePixelRatio = devicePixelRatio_};
        if (core() == nullptr) {
            settings.content += QSizeF(greatestScroll().x(), greatestScroll().y());
            settings.scroll = scroll_;
        }
        if (!isEmpty()) {
            settings.maskedShare = maskedShare(document_->trace(), document_->frame());
            settings.caption = isLit() ? lightCaption(*light_) : QString();
        }
        overlay_ = overlayOf(settings, theme(), shaper_, *atlas_);
        if (focused_ && (isEmpty() || !document_->selectedSlot())) {
            // Without a slot to ring, the focus is on the canvas as a whole; the ring stands 3 px outside of what it is given.
            const QRectF whole(QPointF(), viewport_);
            overlay_.cells.push_back(ringOf(whole.adjusted(5.0, 5.0, -5.0, -5.0), 0.0F, theme().accent, 2.0F, 1.0F));
        }
    };
    build();
    if (atlas_->full()) {
        atlas_->clear();
        sceneStale_ = true;
        build();
    }
    return overlay_;
}

std::vector<CellInstance> CanvasView::rings() {
    const CanvasLayout& layout = this->layout();
    std::vector<CellInstance> rings;
    const auto add = [&](uint32_t position, const Colour& colour, float width, float opacity, double away = 3.0) {
        if (position < layout.size()) {
            rings.push_back(ringOf(layout.slot(position), layout.fontPixels(position), colour, width, opacity, away));
        }
    };
    const std::optional<uint32_t> selected = isEmpty() ? std::nullopt : document_->selectedSlot();
    if (isLit()) {
        // Two rings, so that the shape alone tells the slot that looks from the selected one.
        add(light_->source, theme().accent, 1.5F, 1.0F, 6.0);
        add(light_->source, theme().accent, 1.5F, 0.7F, 9.0);
    }
    if (hovered_ && hovered_ != selected) {
        add(*hovered_, theme().focusRing, 1.0F, 0.45F);
    }
    if (const auto span = isEmpty() ? std::nullopt : document_->selection(); span && span->count() > 1) {
        for (uint32_t position = span->first; position <= span->last; ++position) {
            if (position != selected) {
                add(position, theme().focusRing, 1.5F, 0.75F, 2.0);
            }
        }
    }
    if (selected) {
        add(*selected, theme().focusRing, focused_ ? 2.0F : 1.5F, focused_ ? 1.0F : 0.75F);
    }
    return rings;
}

}  // namespace crystallite
