#include "app/canvas/core_sample/core_ink.h"

#include "app/canvas/oklab.h"

#include <algorithm>
#include <cmath>

namespace crystallite {

namespace {

constexpr float kClearest = 0.04F;  // opacity of an open prism at entropy 0
constexpr float kDensest = 0.30F;   // and at the top of the scale
constexpr float kNotEligible = 0.42F;
constexpr float kEnd = 0.40F;

/// Ice: the edge of a facet, lit with the accent of the window.
Colour ice(const Theme& theme) {
    return mixOklab(theme.facetEdge, theme.accent, theme.dark ? 0.75F : 0.55F);
}

CoreInk openInk(const CoreTile& tile, float fill, const Theme& theme) {
    const float strength = tile.eligible ? 1.0F : kNotEligible;
    return {.colour = mixOklab(theme.facetClear, theme.facetDense, fill),
            .opacity = (kClearest + (kDensest - kClearest) * fill) * strength,
            .edge = theme.masked,
            .edgeOpacity = 0.15F * strength};
}

CoreInk heldInk(const CoreTile& tile, const Theme& theme) {
    const float strength = tile.end ? kEnd : 1.0F;
    return {.colour = ice(theme),
            .opacity = (theme.dark ? 0.26F : 0.22F) * strength,
            .edge = mixOklab(ice(theme), theme.dark ? theme.text : theme.accent, 0.5F),
            .edgeOpacity = 0.55F * strength,
            .pattern = tile.end ? CorePattern::Dotted : CorePattern::None};
}

}  // namespace

CoreInk coreInkOf(const CoreTile& tile, float fill, const Theme& theme) {
    switch (tile.kind) {
        case TileKind::Absent: break;
        case TileKind::Unmeasured: return {.edge = theme.masked, .edgeOpacity = 0.12F};
        case TileKind::Open: return openInk(tile, fill, theme);
        case TileKind::Held: return heldInk(tile, theme);
        case TileKind::Given: return {.colour = theme.facetEdge, .opacity = 0.06F, .edge = theme.facetEdge, .edgeOpacity = 0.40F};
        case TileKind::Committed:
            return {.colour = theme.committed,
                    .opacity = tile.end ? 0.90F * kEnd : 0.90F,
                    .edge = theme.committed,
                    .edgeOpacity = tile.end ? kEnd : 1.0F,
                    .pattern = tile.end ? CorePattern::Dotted : CorePattern::None};
        case TileKind::Revised:
            return {
                .colour = theme.remasked, .opacity = 0.90F, .edge = theme.remasked, .edgeOpacity = 1.0F, .pattern = CorePattern::Hatched};
    }
    return {};
}

CoreInks::CoreInks(const Theme& theme) {
    for (const bool eligible : {false, true}) {
        for (size_t level = 0; level < kLevels; ++level) {
            const float fill = static_cast<float>(level) / static_cast<float>(kLevels - 1);
            open_[eligible][level] = coreInkOf({.kind = TileKind::Open, .eligible = eligible}, fill, theme);
        }
    }
    for (const bool end : {false, true}) {
        for (size_t kind = 0; kind < kTileKinds; ++kind) {
            closed_[end][kind] = coreInkOf({.kind = static_cast<TileKind>(kind), .end = end}, 0.0F, theme);
        }
    }
}

const CoreInk& CoreInks::of(const CoreTile& tile, float fill) const {
    if (tile.kind == TileKind::Open) {
        return open_[tile.eligible][static_cast<size_t>(std::lround(std::clamp(fill, 0.0F, 1.0F) * static_cast<float>(kLevels - 1)))];
    }
    return closed_[tile.end][static_cast<size_t>(tile.kind)];
}

}  // namespace crystallite
