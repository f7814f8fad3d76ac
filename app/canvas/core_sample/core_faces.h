#pragma once

#include "app/canvas/canvas_layout.h"
#include "app/canvas/core_sample/core_block.h"
#include "app/canvas/core_sample/core_camera.h"
#include "app/canvas/core_sample/core_ink.h"
#include "app/theme.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

/// One face of a prism, projected. Corners are in the order of kQuadCorners (u across, v down); of a side, u runs along time.
struct CoreFace {
    std::array<glm::vec3, 4> corners{};  ///< CoreProjection::toHomogeneous
    glm::vec2 size{1.0F};                ///< of the face in space, along u and v
    glm::vec2 frames{0.0F};              ///< frame coordinate at u = 0 and u = 1: the slab of frame f is [f, f + 1)
    CoreInk ink;
};

/// Faces of the block in the order in which they are drawn: the farthest first.
struct CoreFaces {
    std::vector<CoreFace> behind;  ///< the lit plane, and the lit plane itself last
    std::vector<CoreFace> before;  ///< between the lit plane and the eye
};

struct CoreFaceSettings {
    uint32_t frame = 0;                ///< lit
    std::optional<uint32_t> selected;  ///< slot whose column is outlined
    QSizeF viewport;
};

/// Draws every prism of the block that faces the eye, and leaves out what is blank, behind the eye or outside of the view.
///
/// The order is exact, and nothing is sorted: the lit plane parts the block in two; in each part rows do not share a height, slots of a row
/// do not share a width, and segments of a slot do not share a frame. Between any two of such neighbours lies a plane, and what is on the
/// eye's side of it cannot be hidden by what is on the other.
[[nodiscard]] CoreFaces coreFaces(const CoreBlock& block, const CanvasLayout& layout, const CoreSpace& space,
                                  const CoreProjection& projection, const Theme& theme, const CoreFaceSettings& settings);

}  // namespace crystallite
