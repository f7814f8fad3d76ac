#include "app/export/frame_renderer.h"

#include "app/canvas/canvas_painter.h"

#include <QPainter>

namespace crystallite {

FrameRenderer::FrameRenderer(const Trace& trace, const PictureSettings& settings) : view_(canvasFont()), settings_(settings) {
    document_.reset(trace, false);
    view_.setTheme(settings.theme);
    view_.setReducedMotion(settings.reducedMotion);
    view_.setVisualSettings(settings.visual);
    view_.setFoldsEnds(settings.foldsEnds);
    view_.setPlaybackInterval(settings.intervalMs);
    view_.setFitsRun();
    view_.setViewport(settings.size, settings.scale);
    view_.setDocument(&document_);
    document_.setFrame(0);
}

QSize FrameRenderer::pixels() const {
    return (QSizeF(settings_.size) * settings_.scale).toSize();
}

void FrameRenderer::seek(uint32_t frame) {
    if (document_.frame() != frame) {
        document_.setFrame(frame);
    }
}

QImage FrameRenderer::painted(const Motion& motion) {
    QImage image(pixels(), QImage::Format_RGB32);
    {
        QPainter painter(&image);
        painter.scale(settings_.scale, settings_.scale);  // a ratio of the image below 1 would be taken for 1
        paintCanvas(painter, view_, {.motion = motion});
    }
    image.setDevicePixelRatio(settings_.scale);
    return image;
}

QImage FrameRenderer::at(const Moment& moment) {
    seek(moment.frame);
    const Pace pace{.intervalMs = settings_.intervalMs};
    const bool crossFades = pace.isFast() && moment.frame > 0;
    const Motion motion = settings_.reducedMotion || moment.frame == 0 ? Motion{} : motionAt(moment.elapsedMs, pace, crossFades);
    return painted(motion);
}

QImage FrameRenderer::still(uint32_t frame) {
    view_.setPlaybackInterval(0);
    seek(frame);
    const QImage image = painted(Motion{});
    view_.setPlaybackInterval(settings_.intervalMs);
    return image;
}

void FrameRenderer::paintStill(QPainter& painter, uint32_t frame) {
    view_.setPlaybackInterval(0);
    seek(frame);
    paintCanvas(painter, view_, {.motion = Motion{}, .outlines = true});
    view_.setPlaybackInterval(settings_.intervalMs);
}

}  // namespace crystallite
