#include "app/canvas/oklab.h"

#include <glm/common.hpp>
#include <glm/exponential.hpp>
#include <glm/mat3x3.hpp>
#include <glm/matrix.hpp>

namespace crystallite {

namespace {

// glm matrices are column-major: each line below is a column.
const glm::mat3 kLinearToCone(0.4122214708F, 0.2119034982F, 0.0883024619F,  //
                              0.5363325363F, 0.6806995451F, 0.2817188376F,  //
                              0.0514459929F, 0.1073969566F, 0.6299787005F);
const glm::mat3 kConeToLab(0.2104542553F, 1.9779984951F, 0.0259040371F,   //
                           0.7936177850F, -2.4285922050F, 0.7827717662F,  //
                           -0.0040720468F, 0.4505937099F, -0.8086757660F);
const glm::mat3 kLabToCone = glm::inverse(kConeToLab);
const glm::mat3 kConeToLinear = glm::inverse(kLinearToCone);

glm::vec3 linearFromSrgb(const Colour& c) {
    return glm::mix(glm::pow((c + 0.055F) / 1.055F, glm::vec3(2.4F)), c / 12.92F, glm::lessThanEqual(c, glm::vec3(0.04045F)));
}

Colour srgbFromLinear(const glm::vec3& c) {
    return glm::mix(1.055F * glm::pow(c, glm::vec3(1.0F / 2.4F)) - 0.055F, c * 12.92F, glm::lessThanEqual(c, glm::vec3(0.0031308F)));
}

}  // namespace

glm::vec3 toOklab(const Colour& srgb) {
    return kConeToLab * glm::pow(kLinearToCone * linearFromSrgb(srgb), glm::vec3(1.0F / 3.0F));
}

Colour fromOklab(const glm::vec3& oklab) {
    const glm::vec3 root = kLabToCone * oklab;
    const glm::vec3 linear = kConeToLinear * (root * root * root);
    return srgbFromLinear(glm::clamp(linear, 0.0F, 1.0F));
}

Colour mixOklab(const Colour& from, const Colour& to, float t) {
    return fromOklab(glm::mix(toOklab(from), toOklab(to), t));
}

}  // namespace crystallite
