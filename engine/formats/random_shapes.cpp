#include "engine/formats/random_shapes.h"

#include "engine/base/in_quotes.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

constexpr RandomExperts kLlada2Mini = {
    .count = 256, .used = 8, .width = 512, .shared = 1, .groups = 8, .groupsUsed = 4, .denseLayers = 1, .scale = 2.5};
constexpr RandomExperts kTinyMixture = {
    .count = 8, .used = 2, .width = 256, .shared = 1, .groups = 4, .groupsUsed = 2, .denseLayers = 1, .scale = 2.5};

constexpr std::array kShapes = {
    RandomShape{.name = "llada-8b",
                .architecture = "llada",
                .layers = 32,
                .width = 4096,
                .heads = 32,
                .kvHeads = 32,
                .feedForward = 12288,
                .vocabulary = 126464,
                .context = 4096,
                .ropeTheta = 5e5,
                .normEpsilon = 1e-5,
                .bos = 126080,
                .eos = 126081,
                .mask = 126336},
    RandomShape{.name = "dream-7b",
                .architecture = "dream",
                .layers = 28,
                .width = 3584,
                .heads = 28,
                .kvHeads = 4,
                .feedForward = 18944,
                .vocabulary = 152064,
                .context = 131072,
                .ropeTheta = 1e6,
                .normEpsilon = 1e-6,
                .qkvBias = true,
                .bos = 151665,
                .eos = 151643,
                .mask = 151666},
    RandomShape{.name = "llada2-mini",
                .architecture = "llada2",
                .layers = 20,
                .width = 2048,
                .heads = 16,
                .kvHeads = 4,
                .feedForward = 5120,
                .vocabulary = 157184,
                .context = 32768,
                .ropeTheta = 6e5,
                .normEpsilon = 1e-6,
                .bos = 156891,
                .eos = 156892,
                .mask = 156895,
                .headDim = 128,
                .rotaryDims = 64,
                .experts = kLlada2Mini},
    RandomShape{.name = "llada-117m",
                .architecture = "llada",
                .layers = 12,
                .width = 768,
                .heads = 6,
                .kvHeads = 6,
                .feedForward = 2304,
                .vocabulary = 32768,
                .context = 1024,
                .ropeTheta = 5e5,
                .normEpsilon = 1e-5,
                .bos = 32765,
                .eos = 32766,
                .mask = 32767},
    RandomShape{.name = "dream-126m",
                .architecture = "dream",
                .layers = 12,
                .width = 768,
                .heads = 6,
                .kvHeads = 2,
                .feedForward = 2048,
                .vocabulary = 32768,
                .context = 1024,
                .ropeTheta = 1e6,
                .normEpsilon = 1e-6,
                .qkvBias = true,
                .bos = 32765,
                .eos = 32766,
                .mask = 32767},
    RandomShape{.name = "dream-5m",
                .architecture = "dream",
                .layers = 4,
                .width = 256,
                .heads = 8,
                .kvHeads = 2,
                .feedForward = 768,
                .vocabulary = 4096,
                .context = 1024,
                .ropeTheta = 1e6,
                .normEpsilon = 1e-6,
                .qkvBias = true,
                .bos = 4093,
                .eos = 4094,
                .mask = 4095},
    RandomShape{.name = "tiny",
                .architecture = "llada",
                .layers = 9,
                .width = 256,
                .heads = 4,
                .kvHeads = 4,
                .feedForward = 512,
                .vocabulary = 320,
                .context = 128,
                .ropeTheta = 5e5,
                .normEpsilon = 1e-5,
                .bos = 300,
                .eos = 301,
                .mask = 302},
    RandomShape{.name = "tiny-mixture",
                .architecture = "llada2",
                .layers = 3,
                .width = 256,
                .heads = 4,
                .kvHeads = 2,
                .feedForward = 512,
                .vocabulary = 320,
                .context = 128,
                .ropeTheta = 6e5,
                .normEpsilon = 1e-6,
                .bos = 300,
                .eos = 301,
                .mask = 302,
                .headDim = 64,
                .rotaryDims = 32,
                .experts = kTinyMixture},
};

}  // namespace

std::span<const RandomShape> randomShapes() {
    return kShapes;
}

Result<RandomShape> findRandomShape(std::string_view name) {
    const auto found = std::find_if(kShapes.begin(), kShapes.end(), [name](const RandomShape& shape) { return shape.name == name; });
    if (found != kShapes.end()) {
        return *found;
    }
    std::string known;
    for (const RandomShape& shape : kShapes) {
        known.append(known.empty() ? "" : ", ").append(shape.name);
    }
    return Error{ErrorKind::InvalidArgument, "there is no shape " + inQuotes(name) + "; choose one of: " + known};
}

}  // namespace crystallite
