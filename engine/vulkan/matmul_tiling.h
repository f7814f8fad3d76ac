#pragma once

#include "engine/formats/weight_format.h"
#include "engine/vulkan/kernel.h"
#include "engine/vulkan/tuning.h"

namespace crystallite {

/// A kernel and the part of the result that one of its workgroups owns.
struct Tiling {
    const ShaderCode& shader;
    Specialisation constants;
    uint32_t rows = 0;
    uint32_t features = 0;
    bool fetchesTexels = false;
};

/// The two bodies of a product for one weight format.
struct ProductShaders {
    const ShaderCode& lanes;
    const ShaderCode& tiled;
};

/// For a product of `rows` rows; for experts, of as many as one has on average.
Tiling tilingFor(const MatmulTuning& tuning, const ProductShaders& shaders, uint32_t rows);

/// The same for shaders/matmul_texels.glsl. Only where the tuning has texels.
Tiling texelTiling(const ShaderCode& shader, const MatmulTuning& tuning, uint32_t rows);

/// In arithmetic operations. Each of the workgroups that share a feature decodes its weights anew, where they come in blocks.
double productWork(const Tiling& tiling, WeightFormat format, uint32_t depth, uint32_t rows, uint32_t features);

}  // namespace crystallite
