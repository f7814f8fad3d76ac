#include "app/theme.h"

#include "app/canvas/cell_style.h"
#include "app/canvas/oklab.h"
#include "app/canvas/slot_light.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace crystallite {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

/// Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009), severity 1.0, on linear
/// RGB; the first is normal vision.
constexpr std::array<Matrix, 4> kVisions{
    {{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}}};

Vector times(const Matrix& m, const Vector& v) {
    Vector product{};
    for (size_t row = 0; row < 3; ++row) {
        product[row] = m[row][0] * v[0] + m[row][1] * v[1] + m[row][2] * v[2];
    }
    return product;
}

/// IEC 61966-2-1.
Vector linearOf(const Colour& colour) {
    Vector linear{};
    for (int channel = 0; channel < 3; ++channel) {
        const auto c = static_cast<double>(colour[channel]);
        linear[static_cast<size_t>(channel)] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return linear;
}

/// Ottosson (2020), in double precision and apart from app/canvas/oklab.cpp.
Vector oklabOf(const Vector& linear) {
    constexpr Matrix kCones{{{0.4122214708, 0.5363325363, 0.0514459929},
                             {0.2119034982, 0.6806995451, 0.1073969566},
                             {0.0883024619, 0.2817188376, 0.6299787005}}};
    constexpr Matrix kLab{{{0.2104542553, 0.7936177850, -0.0040720468},
                           {1.9779984951, -2.4285922050, 0.4505937099},
                           {0.0259040371, 0.7827717662, -0.8086757660}}};
    Vector cones = times(kCones, linear);
    for (double& cone : cones) {
        cone = std::cbrt(cone);
    }
    return times(kLab, cones);
}

double distance(const Vector& a, const Vector& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// Smallest OKLab distance x 100 of any two of the four states and text, over all visions.
double smallestDistance(const Theme& theme) {
    double smallest = 1e9;
    for (const Matrix& vision : kVisions) {
        std::vector<Vector> seen;
        for (const Colour& colour : {theme.masked, theme.guess, theme.committed, theme.remasked, theme.text}) {
            Vector linear = times(vision, linearOf(colour));
            for (double& channel : linear) {
                channel = std::clamp(channel, 0.0, 1.0);
            }
            for (const Vector& other : seen) {
                smallest = std::min(smallest, 100.0 * distance(oklabOf(linear), other));
            }
            seen.push_back(oklabOf(linear));
        }
    }
    return smallest;
}

double luminance(const Colour& colour) {
    const Vector linear = linearOf(colour);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/// WCAG 2.1.
double contrast(const Colour& a, const Colour& b) {
    const double lighter = std::max(luminance(a), luminance(b));
    return (lighter + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05);
}

struct ThemeCase {
    const char* name;
    Theme theme;
    double distance;  ///< the states are at least so far apart
    double text;      ///< contrast of everything that is read
};

const ThemeCase kThemes[] = {{"dark", Theme::darkTheme(), 15.0, 4.5},
                             {"light", Theme::lightTheme(), 10.0, 4.5},
                             {"high contrast dark", Theme::highContrastDark(), 15.0, 7.0},
                             {"high contrast light", Theme::highContrastLight(), 15.0, 7.0}};

TEST(Theme, OklabOfTheCanvasIsThatOfItsPaper) {
    for (const ThemeCase& one : kThemes) {
        for (const Colour& colour : {one.theme.guess, one.theme.committed, one.theme.remasked, one.theme.masked, one.theme.facetEdge}) {
            const Vector expected = oklabOf(linearOf(colour));
            const glm::vec3 actual = toOklab(colour);
            // Single precision: cube roots and two products of three terms around 1 stay within a few 1e-7.
            EXPECT_LT(distance(expected, {actual.x, actual.y, actual.z}), 1e-5) << one.name;
        }
    }
}

TEST(Theme, StatesStayApartForEveryColourVision) {
    for (const ThemeCase& one : kThemes) {
        const double smallest = smallestDistance(one.theme);
        EXPECT_GE(smallest, one.distance) << one.name;
        RecordProperty(std::string("distance ") + one.name, std::to_string(smallest));
    }
}

/// Of `ink` at `opacity` on `ground` as the screen shows it, which mixes bytes and not light.
Colour over(const Colour& ground, const Colour& ink, float opacity) {
    return ground + (ink - ground) * opacity;
}

/// Smallest OKLab distance x 100, over all visions, of a guess from what else may stand in a slot: the ink of a token, of a commit, of a
/// revision. The ground is the facet's, from the surest to the least sure.
double smallestGhostDistance(const Theme& theme, float probability) {
    const CellPalette palette(theme);
    const float opacity = theme.highContrast ? 1.0F : ghostOpacity(probability);
    double smallest = 1e9;
    for (const Matrix& vision : kVisions) {
        const auto seen = [&vision](const Colour& colour) {
            Vector linear = times(vision, linearOf(colour));
            for (double& channel : linear) {
                channel = std::clamp(channel, 0.0, 1.0);
            }
            return oklabOf(linear);
        };
        for (const float share : {0.0F, 0.5F, 1.0F}) {
            const Vector ghost = seen(over(palette.fill(share), palette.ghost(), opacity));
            for (const Colour& other : {theme.text, theme.committed, theme.remasked}) {
                smallest = std::min(smallest, 100.0 * distance(ghost, seen(other)));
            }
        }
    }
    return smallest;
}

TEST(Theme, GuessesStayApartFromWhatIsHeldForEveryColourVision) {
    for (const ThemeCase& one : kThemes) {
        for (const float probability : {kLeastDrawnProbability, 0.25F, 0.5F, 0.75F, 1.0F}) {
            const double smallest = smallestGhostDistance(one.theme, probability);
            // A token also has a notch and no shards: colour does not carry this alone, so that half of what states need is enough.
            EXPECT_GE(smallest, one.distance / 2.0) << one.name << ", p " << probability;
            RecordProperty(std::string("ghost ") + one.name + " " + std::to_string(probability), std::to_string(smallest));
        }
    }
}

TEST(Theme, ASureGuessIsRead) {
    for (const ThemeCase& one : kThemes) {
        const CellPalette palette(one.theme);
        const Colour ghost = over(palette.fill(0.0F), palette.ghost(), one.theme.highContrast ? 1.0F : ghostOpacity(0.9F));
        EXPECT_GE(contrast(ghost, palette.fill(0.0F)), 4.5) << one.name;
    }
}

TEST(Theme, ASureGuessIsReadInTheLightOfAMeasurement) {
    for (const ThemeCase& one : kThemes) {
        const CellPalette palette(one.theme);
        const float opacity = one.theme.highContrast ? 1.0F : ghostOpacity(0.9F);
        for (const float light : {0.25F, 0.5F, 1.0F}) {
            const Colour lit = over(palette.fill(0.0F), one.theme.accent, kLightPeak * light);
            const double read = contrast(over(lit, palette.ghost(light), opacity), lit);
            EXPECT_GE(read, 4.0) << one.name << ", light " << light;
            EXPECT_GT(read, contrast(over(lit, palette.ghost(), opacity), lit)) << one.name << ", light " << light;
        }
    }
}

/// Red and green of a well-known demo's low and high confidence: apart to most, all but one to a deuteranope.
TEST(Theme, ThisMeasureFailsRedAgainstGreen) {
    const auto apart = [](const Matrix& vision) {
        return 100.0 * distance(oklabOf(times(vision, linearOf({1.0F, 0.4F, 0.4F}))), oklabOf(times(vision, linearOf({0.4F, 0.8F, 0.4F}))));
    };

    EXPECT_GT(apart(kVisions[0]), 17.0);
    EXPECT_NEAR(apart(kVisions[2]), 4.4, 0.05);
}

TEST(Theme, WhatIsReadStandsOut) {
    for (const auto& [name, theme, apart, least] : kThemes) {
        for (const Colour& ground : {theme.window, theme.panel}) {
            EXPECT_GE(contrast(theme.text, ground), least) << name;
            EXPECT_GE(contrast(theme.mutedText, ground), least) << name;
            EXPECT_GE(contrast(theme.warning, ground), least) << name;
            EXPECT_GE(contrast(theme.accent, ground), least) << name;
            EXPECT_NEAR(contrast(theme.text, ground), double{contrastRatio(theme.text, ground)}, 0.01) << name;
        }
        EXPECT_GE(contrast(theme.onAccent, theme.accent), least) << name;
        EXPECT_GE(contrast(theme.text, theme.raised), least) << name;
    }
}

TEST(Theme, WhatIsSeenStandsOut) {
    for (const auto& [name, theme, apart, least] : kThemes) {
        for (const Colour& ground : {theme.window, theme.panel}) {
            EXPECT_GE(contrast(theme.focusRing, ground), 3.0) << name;
            EXPECT_GE(contrast(theme.accent, ground), 3.0) << name << ": the border of what has the focus";
        }
        for (const Colour& state : {theme.guess, theme.committed, theme.remasked}) {
            EXPECT_GE(contrast(state, theme.window), theme.highContrast ? 7.0 : 4.5) << name;
        }
        EXPECT_GE(contrast(theme.masked, theme.window), theme.highContrast ? 4.5 : 3.0) << name;
    }
}

TEST(Theme, HighContrastHasNoFills) {
    for (const Theme& theme : {Theme::of(true, true), Theme::of(false, true)}) {
        EXPECT_TRUE(theme.highContrast);
        for (const Colour& fill : {theme.panel, theme.raised, theme.facetClear, theme.facetDense, theme.facetSolid}) {
            EXPECT_EQ(fill, theme.window);
        }
        EXPECT_GE(contrast(theme.border, theme.window), 4.5);
        EXPECT_GE(contrast(theme.facetEdge, theme.window), 4.5);
    }
    EXPECT_TRUE(Theme::of(true, false).dark);
    EXPECT_FALSE(Theme::of(false, true).dark);
}

}  // namespace
}  // namespace crystallite
