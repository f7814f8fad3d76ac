#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

/// Where a slot looks, to be drawn as light on the canvas: an extra measurement over a frame, not a part of the trace.
struct SlotLight {
    uint32_t frame = 0;          ///< that was measured; the light shows on this frame alone
    uint32_t source = 0;         ///< the slot that looks
    std::vector<float> weights;  ///< [slots] what it gives each slot; together 1
    QString caption;             ///< "Attention of slot 17, layer 3, all heads: measured by an extra pass"
    friend bool operator==(const SlotLight&, const SlotLight&) = default;
};

inline constexpr float kLightPeak = 0.40F;  ///< opacity over a facet of the light of the largest weight

/// [slots] each weight over the largest one, 0..1; all 0 when no weight is above 0. The facet's light has kLightPeak times this opacity
/// over its whole face, so that luminance rises with the weight.
[[nodiscard]] std::vector<float> lightShares(const SlotLight& light);
/// The largest weight and its slot; nothing when no weight is above 0.
struct LargestWeight {
    uint32_t position = 0;
    float weight = 0.0F;
};
[[nodiscard]] std::optional<LargestWeight> largestWeight(const SlotLight& light);
/// What the line at the foot of the canvas says: the measurement's own caption, that it is no part of the run, and the scale.
[[nodiscard]] QString lightCaption(const SlotLight& light);

}  // namespace crystallite
