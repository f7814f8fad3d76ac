#pragma once

#include "app/canvas/core_sample/core_block.h"
#include "app/canvas/core_sample/core_camera.h"
#include "app/canvas/core_sample/core_faces.h"

#include <QMatrix4x4>
#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <optional>

namespace crystallite {

class CanvasView;

/// The third layout of the canvas, the core sample: the run as a block of translucent ice, one plane per step, that is turned in the hand.
/// The lit plane is the page of the current frame, drawn as ever, in its place in the block. What the block is drawn with is said in
/// core_ink.h. A function of (trace, frame, settings, camera); rebuilt only when one of them has changed. UI thread.
class CoreSample {
public:
    /// Borrows the view that owns it.
    explicit CoreSample(CanvasView& view) : view_(view) {}

    [[nodiscard]] const CoreCamera& camera() const { return camera_; }
    void setCamera(const CoreCamera& camera);
    void orbit(float yawBy, float pitchBy);  ///< radians
    /// `factor` times nearer to what the viewport shows at `towards`; nothing: to the selected slot, or the middle.
    void dolly(float factor, std::optional<QPointF> towards = std::nullopt);
    void resetView();
    /// Looks at a slot of the lit plane that is out of view.
    void reveal(uint32_t position);

    [[nodiscard]] CoreSpace space();
    [[nodiscard]] CoreProjection projection();
    [[nodiscard]] const CoreBlock& block();
    /// What is drawn behind and before the lit plane; revision() changes with it.
    [[nodiscard]] const CoreFaces& faces();
    [[nodiscard]] uint64_t revision() const { return revision_; }
    /// Page coordinates to the viewport, of the lit plane.
    [[nodiscard]] QMatrix4x4 pageMatrix();
    /// Device pixels per pixel of the page on the lit plane, in coarse steps: what its glyphs are rasterised for.
    [[nodiscard]] double pageRatio();

    [[nodiscard]] std::optional<uint32_t> slotAt(QPointF viewportPoint);  ///< of the lit plane
    [[nodiscard]] QRectF slotRect(uint32_t position);                     ///< around the slot's four projected corners

    void forgetBlock();
    void forgetFaces();

    static constexpr float kOrbitStep = 0.12F;  ///< of one key press
    static constexpr float kDollyStep = 1.2F;

private:
    [[nodiscard]] float litDepth();
    void moved();

    CanvasView& view_;
    CoreCamera camera_;
    CoreBlock block_;
    CoreFaces faces_;
    bool facesStale_ = true;
    uint64_t revision_ = 0;
};

}  // namespace crystallite
