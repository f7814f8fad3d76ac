#pragma once

#include <QString>

#include <cstdint>
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

}  // namespace crystallite
