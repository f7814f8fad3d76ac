#include "engine/vulkan/matmul_tiling.h"

#include "engine/vulkan/binding.h"

namespace crystallite {
namespace {

Tiling lanesTiling(const ShaderCode& shader, const LaneTile& tile) {
    return {.shader = shader,
            .constants = {tile.lanes, tile.rows, tile.featuresPerLane},
            .rows = tile.rows,
            .features = tile.lanes * tile.featuresPerLane};
}

Tiling sharedTiling(const ShaderCode& shader, const SharedTile& tile) {
    return {.shader = shader,
            .constants = {tile.featureLanes, tile.rowLanes, tile.rowsPerInvocation, tile.featuresPerInvocation, tile.depth},
            .rows = tile.rowLanes * tile.rowsPerInvocation,
            .features = tile.featureLanes * tile.featuresPerInvocation};
}

}  // namespace

Tiling tilingFor(const MatmulTuning& tuning, const ProductShaders& shaders, uint32_t rows) {
    if (tuning.fewRows && rows <= tuning.fewRowsLimit) {
        return lanesTiling(shaders.lanes, *tuning.fewRows);
    }
    return tuning.lanes ? lanesTiling(shaders.lanes, *tuning.lanes) : sharedTiling(shaders.tiled, tuning.shared);
}

Tiling texelTiling(const ShaderCode& shader, const MatmulTuning& tuning, uint32_t rows) {
    Tiling tiling = lanesTiling(shader, rows <= tuning.fewRowsLimit ? *tuning.fewRows : *tuning.texels);
    tiling.fetchesTexels = true;
    return tiling;
}

double productWork(const Tiling& tiling, WeightFormat format, uint32_t depth, uint32_t rows, uint32_t features) {
    constexpr double kDecodingOneWeight = 10.0;
    const double decoding = isQuantized(format) ? kDecodingOneWeight * ceilDivide(rows, tiling.rows) : 0.0;
    return (2.0 * rows + decoding) * features * depth;
}

}  // namespace crystallite
