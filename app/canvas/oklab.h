#pragma once

#include "app/theme.h"

namespace crystallite {

/// Björn Ottosson, "A perceptual color space for image processing" (2020): sRGB to OKLab and back; L in 0..1.
[[nodiscard]] glm::vec3 toOklab(const Colour& srgb);
[[nodiscard]] Colour fromOklab(const glm::vec3& oklab);  ///< clamped to the sRGB gamut

/// Straight line in OKLab, so that equal steps of `t` look equally large.
[[nodiscard]] Colour mixOklab(const Colour& from, const Colour& to, float t);

}  // namespace crystallite
