#include "app/canvas/core_sample/core_faces.h"

#include "app/canvas/oklab.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <span>

namespace crystallite {

namespace {

constexpr float kBehindEye = 1.0F;    // nearer than this, in logical pixels of the page, nothing is drawn
constexpr float kLightAbove = 0.22F;  // towards the lightest or darkest ink, of faces that look up and down
constexpr float kShade = 0.10F;
constexpr float kSheet = 0.50F;  // opacity of the lit plane between its facets

/// Visits 0 .. count - 1, intervals in rising order along one axis, so that what the eye sees farthest comes first. `beyond(i)`: interval i
/// ends before the eye.
template <typename Beyond, typename Visit>
void farthestFirst(uint32_t count, const Beyond& beyond, const Visit& visit) {
    uint32_t level = 0;  // the first interval that does not end before the eye
    for (uint32_t low = 0, high = count; low < high;) {
        const uint32_t middle = (low + high) / 2;
        if (beyond(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
        level = low;
    }
    for (uint32_t i = 0; i < level; ++i) {
        visit(i);
    }
    for (uint32_t i = count; i > level; --i) {
        visit(i - 1);
    }
}

struct Row {
    uint32_t begin = 0;
    uint32_t end = 0;
    double bottom = 0.0;
};

std::vector<Row> rowsOf(const CanvasLayout& layout) {
    std::vector<Row> rows;
    for (uint32_t position = 0; position < layout.size(); ++position) {
        if (rows.empty() || layout.rowOf(position) != layout.rowOf(position - 1)) {
            rows.push_back({.begin = position});
        }
        rows.back().end = position + 1;
        rows.back().bottom = std::max(rows.back().bottom, layout.slot(position).bottom());
    }
    return rows;
}

/// A box of space, and the frames that it stands for.
struct Prism {
    glm::vec3 low;
    glm::vec3 high;
    glm::vec2 frames;
};

class FaceBuilder {
public:
    FaceBuilder(const CoreBlock& block, const CanvasLayout& layout, const CoreSpace& space, const CoreProjection& projection,
                const Theme& theme, const CoreFaceSettings& settings)
        : block_(block),
          layout_(layout),
          space_(space),
          projection_(projection),
          theme_(theme),
          settings_(settings),
          inks_(theme),
          rows_(rowsOf(layout)) {
        eyeOnPage_ = space.toPage(projection.eye());
        eyeFrame_ = space.frameAt(projection.eye().z);
    }

    CoreFaces build() {
        CoreFaces faces;
        const auto lit = static_cast<float>(settings_.frame);
        const bool fromTheEnd = eyeFrame_ > lit + 0.5F;
        addPart(faces.behind, fromTheEnd);
        addSheet(faces.behind, lit);
        addPart(faces.before, !fromTheEnd);
        return faces;
    }

private:
    /// Everything before (`past`) or after the lit frame.
    void addPart(std::vector<CoreFace>& faces, bool past) {
        faces_ = &faces;
        begin_ = past ? 0 : settings_.frame + 1;
        end_ = past ? settings_.frame : block_.frames();
        later_ = !past;
        if (begin_ >= end_) {
            return;
        }
        farthestFirst(
            static_cast<uint32_t>(rows_.size()), [&](uint32_t row) { return rows_[row].bottom < eyeOnPage_.y(); },
            [&](uint32_t row) { addRow(rows_[row]); });
    }

    void addRow(const Row& row) {
        farthestFirst(
            row.end - row.begin, [&](uint32_t i) { return layout_.slot(row.begin + i).right() < eyeOnPage_.x(); },
            [&](uint32_t i) { addColumn(row.begin + i); });
    }

    void addColumn(uint32_t position) {
        const std::span<const CoreSegment> column = block_.columns()[position];
        const auto first = std::ranges::partition_point(column, [&](const CoreSegment& segment) { return segment.end <= begin_; });
        const auto last = std::ranges::partition_point(column, [&](const CoreSegment& segment) { return segment.begin < end_; });
        const std::span<const CoreSegment> shown(first, last);
        farthestFirst(
            static_cast<uint32_t>(shown.size()), [&](uint32_t i) { return static_cast<float>(shown[i].end) < eyeFrame_; },
            [&](uint32_t i) { addSegment(position, shown[i]); });
    }

    void addSegment(uint32_t position, const CoreSegment& segment) {
        CoreInk ink = inks_.of(segment.tile, segment.fill());
        if (ink.isBlank()) {
            return;
        }
        if (later_) {
            ink.opacity *= kLaterOpacity;
            ink.edgeOpacity *= kLaterEdge;
        }
        if (position == settings_.selected) {
            ink.edge = theme_.focusRing;
            ink.edgeOpacity = 0.9F;
        }
        const QRectF& slot = layout_.slot(position);
        const glm::vec2 frames(static_cast<float>(std::max(segment.begin, begin_)), static_cast<float>(std::min(segment.end, end_)));
        const Prism prism{.low = space_.toWorld(slot.bottomLeft(), space_.depthOf(frames.x)),
                          .high = space_.toWorld(slot.topRight(), space_.depthOf(frames.y)),
                          .frames = frames};
        addPrism(prism, ink);
    }

    /// The faces that the eye is in front of; no two of a box hide each other.
    void addPrism(const Prism& prism, const CoreInk& ink) {
        const auto& [low, high, frames] = prism;
        const glm::vec3& eye = projection_.eye();
        if (eye.y > high.y || eye.y < low.y) {
            const bool above = eye.y > high.y;
            const float y = above ? high.y : low.y;
            addFace({{{low.x, y, low.z}, {high.x, y, low.z}, {low.x, y, high.z}, {high.x, y, high.z}}}, frames, lit(ink, above));
        }
        if (eye.x > high.x || eye.x < low.x) {
            const float x = eye.x > high.x ? high.x : low.x;
            addFace({{{x, high.y, low.z}, {x, low.y, low.z}, {x, high.y, high.z}, {x, low.y, high.z}}}, frames, shaded(ink));
        }
        if (eye.z > high.z || eye.z < low.z) {
            const float z = eye.z > high.z ? high.z : low.z;
            const float frame = eye.z > high.z ? frames.y : frames.x;
            addFace({{{low.x, high.y, z}, {low.x, low.y, z}, {high.x, high.y, z}, {high.x, low.y, z}}}, {frame, frame}, ink);
        }
    }

    [[nodiscard]] CoreInk lit(CoreInk ink, bool above) const {
        const bool lighter = above == theme_.dark;
        ink.colour = glm::mix(ink.colour, lighter ? theme_.text : theme_.window, above ? kLightAbove : kShade);
        return ink;
    }

    [[nodiscard]] CoreInk shaded(CoreInk ink) const {
        ink.colour = glm::mix(ink.colour, theme_.window, kShade);
        return ink;
    }

    /// Corners at (u, v) = (0, 0), (0, 1), (1, 0), (1, 1).
    void addFace(const std::array<glm::vec3, 4>& corners, glm::vec2 frames, const CoreInk& ink) {
        CoreFace face{.size = {glm::distance(corners[0], corners[2]), glm::distance(corners[0], corners[1])}, .frames = frames, .ink = ink};
        uint32_t left = 0;
        uint32_t right = 0;
        uint32_t above = 0;
        uint32_t below = 0;
        for (size_t i = 0; i < corners.size(); ++i) {
            const glm::vec3 h = projection_.toHomogeneous(corners[i]);
            if (h.z < kBehindEye) {
                return;
            }
            face.corners[i] = h;
            left += h.x < 0.0F ? 1U : 0U;
            above += h.y < 0.0F ? 1U : 0U;
            right += h.x > static_cast<float>(settings_.viewport.width()) * h.z ? 1U : 0U;
            below += h.y > static_cast<float>(settings_.viewport.height()) * h.z ? 1U : 0U;
        }
        if (left < 4 && right < 4 && above < 4 && below < 4) {
            faces_->push_back(face);
        }
    }

    void addSheet(std::vector<CoreFace>& faces, float frame) {
        faces_ = &faces;
        const float z = space_.depthOf(frame + 0.5F);
        const glm::vec3 low = space_.toWorld(space_.page.bottomLeft(), z);
        const glm::vec3 high = space_.toWorld(space_.page.topRight(), z);
        const CoreInk ink{.colour = mixOklab(theme_.window, theme_.accent, theme_.dark ? 0.22F : 0.08F),
                          .opacity = kSheet,
                          .edge = theme_.accent,
                          .edgeOpacity = 0.9F};
        addFace({{{low.x, high.y, z}, {low.x, low.y, z}, {high.x, high.y, z}, {high.x, low.y, z}}}, {frame, frame}, ink);
    }

    const CoreBlock& block_;
    const CanvasLayout& layout_;
    const CoreSpace& space_;
    const CoreProjection& projection_;
    const Theme& theme_;
    const CoreFaceSettings& settings_;
    CoreInks inks_;
    std::vector<Row> rows_;
    QPointF eyeOnPage_;
    float eyeFrame_ = 0.0F;
    std::vector<CoreFace>* faces_ = nullptr;
    uint32_t begin_ = 0;
    uint32_t end_ = 0;
    bool later_ = false;
};

}  // namespace

CoreFaces coreFaces(const CoreBlock& block, const CanvasLayout& layout, const CoreSpace& space, const CoreProjection& projection,
                    const Theme& theme, const CoreFaceSettings& settings) {
    return FaceBuilder(block, layout, space, projection, theme, settings).build();
}

}  // namespace crystallite
