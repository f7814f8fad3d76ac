#pragma once

#include <QMatrix4x4>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <optional>

namespace crystallite {

/// Where the block of the core sample lies in space. Units are the logical pixels of the page's layout; x right, y up, z towards the viewer
/// who looks at the page from the front. Time runs along z: the initial canvas lies farthest, the last step nearest.
struct CoreSpace {
    QRectF page;           ///< of every plane, in the layout's coordinates (y down)
    float spacing = 1.0F;  ///< between the planes of two steps
    float planes = 1.0F;   ///< frames that the block has room for

    [[nodiscard]] float depth() const { return spacing * planes; }
    /// The slab of frame f lies between depthOf(f) and depthOf(f + 1), its plane in the middle.
    [[nodiscard]] float depthOf(float frame) const { return frame * spacing - depth() / 2.0F; }
    [[nodiscard]] glm::vec3 half() const;                            ///< extents from the centre, which is the origin
    [[nodiscard]] glm::vec3 toWorld(QPointF onPage, float z) const;  ///< a point of the page on the plane at `z`
    [[nodiscard]] QPointF toPage(const glm::vec3& world) const;      ///< the reverse, without its depth
    [[nodiscard]] float frameAt(float z) const { return (z + depth() / 2.0F) / spacing; }
};

/// From where one looks at the block. A value; every change is at once, nothing moves by itself.
struct CoreCamera {
    static constexpr float kYaw = 0.58F;
    static constexpr float kPitch = 0.36F;
    static constexpr float kSteepest = 1.48F;  ///< just short of straight up and down, where left and right have no meaning
    static constexpr float kFarthest = 0.5F;
    static constexpr float kNearest = 12.0F;

    float yaw = kYaw;        ///< radians around the upright axis, -pi..pi; 0: the page from the front, positive: from its right
    float pitch = kPitch;    ///< radians, -kSteepest..kSteepest; positive: from above
    float zoom = 1.0F;       ///< kFarthest..kNearest; 1: the block as it first shows fills the view
    glm::vec3 target{0.0F};  ///< what is looked at

    /// Turns; yaw goes round, pitch ends at its limits.
    void orbit(float yawBy, float pitchBy);
    /// Goes `factor` times nearer (below 1: farther) to `pivot`, which stays where it is on screen. Back at zoom 1 and farther the middle
    /// of the block is looked at again.
    void dolly(float factor, const glm::vec3& pivot);
    friend bool operator==(const CoreCamera&, const CoreCamera&) = default;
};

/// The perspective of one camera on one viewport: world to logical pixels and back. The picture is shifted so that the block, seen whole
/// from this side, stands in the middle of the viewport: in perspective its near end is larger than its far one.
class CoreProjection {
public:
    CoreProjection(const CoreCamera& camera, const CoreSpace& space, QSizeF viewport);

    [[nodiscard]] const glm::vec3& eye() const { return eye_; }
    /// (x w, y w, w) with x, y in logical pixels of the viewport, y down; w, the distance along the view, is not positive behind the eye.
    [[nodiscard]] glm::vec3 toHomogeneous(const glm::vec3& world) const;
    /// In the viewport; only for what lies in front of the eye.
    [[nodiscard]] QPointF toViewport(const glm::vec3& world) const;
    /// Where the ray through a point of the viewport meets the plane at `z`; nothing when it does not.
    [[nodiscard]] std::optional<glm::vec3> onPlane(QPointF viewportPoint, float z) const;
    /// Page coordinates (x, y, 0, 1) on the plane at `z` to homogeneous pixels (x w, y w, 0, w).
    [[nodiscard]] QMatrix4x4 planeMatrix(const CoreSpace& space, float z) const;
    /// Logical pixels of the viewport that a logical pixel of the page takes at `world`.
    [[nodiscard]] float scaleAt(const glm::vec3& world) const;

    static constexpr float kFieldOfView = 0.48F;  ///< radians, upright

private:
    glm::vec3 eye_{0.0F};
    glm::vec3 right_{1.0F, 0.0F, 0.0F};
    glm::vec3 up_{0.0F, 1.0F, 0.0F};
    glm::vec3 forward_{0.0F, 0.0F, -1.0F};
    glm::mat4 toPixels_{1.0F};  // world to (x w, y w, -, w)
    glm::vec2 shift_{0.0F};     // of the picture, in tangents of the angle to the line of sight
    QSizeF viewport_;
};

/// The distance from the middle of the block at which all of it is in view, seen from where a new camera stands.
[[nodiscard]] float fittingDistance(const CoreSpace& space, QSizeF viewport);

}  // namespace crystallite
