#include "engine/backend/expert_shapes.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/tile_product.h"
#include "engine/cpu/weight_panel.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace crystallite {
namespace {

/// Pairs that are gathered at a time, for one panel of weights.
constexpr uint32_t kPairsPerProduct = 128;

/// An expert that somebody asked, and its stretch of the pairs.
struct AskedExpert {
    uint32_t expert = 0;
    std::span<const uint32_t> pairs;
};

std::vector<AskedExpert> askedExperts(const ExpertMatmulArgs& args) {
    const std::span<const uint32_t> pairs = indicesOf(args.groups.pairs);
    const std::span<const uint32_t> begins = indicesOf(args.groups.begins);
    std::vector<AskedExpert> asked;
    for (uint32_t expert = 0; expert + 1 < begins.size(); ++expert) {
        if (begins[expert] < begins[expert + 1]) {
            asked.push_back({.expert = expert, .pairs = pairs.subspan(begins[expert], begins[expert + 1] - begins[expert])});
        }
    }
    return asked;
}

/// What one thread works with: a panel of weights, gathered rows of x, and their products.
struct Areas {
    std::span<float> weights, x, products;

    Areas(std::span<float> scratch, uint32_t panel, uint32_t depth)
        : weights(scratch.first(size_t{panel} * depth)),
          x(scratch.subspan(weights.size(), size_t{kPairsPerProduct} * depth)),
          products(scratch.subspan(weights.size() + x.size(), size_t{kPairsPerProduct} * panel)) {}
    static size_t floats(uint32_t panel, uint32_t depth) {
        return size_t{panel} * depth + size_t{kPairsPerProduct} * depth + size_t{kPairsPerProduct} * panel;
    }
};

/// The products of some pairs with a panel, through rows that lie side by side.
void multiplyPairs(const ExpertMatmulArgs& args, FloatsIn panel, std::span<const uint32_t> pairs, uint32_t firstFeature, uint32_t features,
                   const Areas& areas) {
    const uint32_t depth = args.x.columns;
    const uint32_t share = args.out.rows / args.x.rows;
    for (size_t i = 0; i < pairs.size(); ++i) {
        std::memcpy(areas.x.data() + i * depth, floatsOf(args.x, pairs[i] / share), depth * sizeof(float));
    }
    multiply({.rows = static_cast<uint32_t>(pairs.size()),
              .columns = features,
              .depth = depth,
              .left = {.first = areas.x.data(), .stride = depth},
              .right = panel,
              .rightIs = RightOperand::Transposed,
              .out = {.first = areas.products.data(), .stride = features}});
    for (size_t i = 0; i < pairs.size(); ++i) {
        std::memcpy(writableFloatsOf(args.out, pairs[i]) + firstFeature, areas.products.data() + i * features, features * sizeof(float));
    }
}

void matmulByPanels(CpuWorkers& workers, const ExpertMatmulArgs& args, std::span<const AskedExpert> asked) {
    const uint32_t features = args.out.columns;
    const uint32_t panel = std::min(features, featuresPerPanel(features, args.x.columns, 1));
    const uint32_t panels = (features + panel - 1) / panel;
    workers.reserveScratch(Areas::floats(panel, args.x.columns));
    workers.forEach(static_cast<uint32_t>(asked.size()) * panels, [&](uint32_t job, uint32_t thread) {
        const auto& [expert, pairs] = asked[job / panels];
        const uint32_t first = job % panels * panel;
        const uint32_t count = std::min(panel, features - first);
        const Areas areas(workers.scratch(thread), panel, args.x.columns);
        const FloatsIn weights = weightPanel(args.weights, expert * args.perExpert + args.firstFeature + first, count, areas.weights);
        for (size_t begin = 0; begin < pairs.size() && !workers.isStopped(); begin += kPairsPerProduct) {
            multiplyPairs(args, weights, pairs.subspan(begin, std::min<size_t>(kPairsPerProduct, pairs.size() - begin)), first, count,
                          areas);
        }
    });
}

/// What one thread works with: packed rows of x, a tile and its sums, and products before they go where their pairs are.
struct TileAreas {
    float *packed, *tile, *sums, *products;

    TileAreas(std::span<float> scratch, uint32_t depth)
        : packed(scratch.data()),
          tile(packed + packedFloats(kPairsPerProduct, depth)),
          sums(tile + kTileFloats),
          products(sums + sumFloats(kPairsPerProduct)) {}
    static size_t floats(uint32_t depth) {
        return packedFloats(kPairsPerProduct, depth) + kTileFloats + sumFloats(kPairsPerProduct) + size_t{kPairsPerProduct} * kTileRows;
    }
};

/// Rows of x that pairs ask with, transposed.
void packPairs(Factors factors, const ExpertMatmulArgs& args, std::span<const uint32_t> pairs, float* packed) {
    const uint32_t depth = args.x.columns;
    const uint32_t share = args.out.rows / args.x.rows;
    for (size_t first = 0; first < pairs.size(); first += kLanes) {
        std::array<const float*, kLanes> rows = {};
        const size_t count = std::min<size_t>(kLanes, pairs.size() - first);
        for (size_t i = 0; i < count; ++i) {
            rows[i] = floatsOf(args.x, pairs[first + i] / share);
        }
        packRows(factors, std::span(rows).first(count), depth, packed + first * depth);
    }
}

/// Features [first, end) of one expert for a few pairs.
void multiplyPairsByTiles(Factors factors, const ExpertMatmulArgs& args, uint32_t expert, std::span<const uint32_t> pairs, uint32_t first,
                          uint32_t end, const TileAreas& areas) {
    const auto rows = static_cast<uint32_t>(pairs.size());
    packPairs(factors, args, pairs, areas.packed);
    const uint32_t firstOfExpert = expert * args.perExpert + args.firstFeature;
    for (uint32_t feature = first; feature < end; feature += kTileRows) {
        const WeightRows these = WeightRows::from(args.weights, firstOfExpert + feature, firstOfExpert + end);
        const WeightRows next = WeightRows::from(args.weights, firstOfExpert + feature + kTileRows, firstOfExpert + end);
        const uint32_t count = these.count;
        multiplyTile(factors, these, next, areas.packed, rows, areas.tile, areas.sums);
        storeSums(areas.sums, rows, count, {.first = areas.products, .stride = kTileRows});
        for (uint32_t i = 0; i < rows; ++i) {
            std::memcpy(writableFloatsOf(args.out, pairs[i]) + feature, areas.products + size_t{i} * kTileRows, count * sizeof(float));
        }
    }
}

void matmulByTiles(CpuWorkers& workers, const ExpertMatmulArgs& args, std::span<const AskedExpert> asked) {
    // Rows are packed for every job: enough features that this costs a few hundredths of the products.
    constexpr uint32_t kFeaturesPerJob = 16 * kTileRows;
    const uint32_t features = args.out.columns;
    const uint32_t jobs = (features + kFeaturesPerJob - 1) / kFeaturesPerJob;
    workers.reserveScratch(TileAreas::floats(args.x.columns));
    workers.forEach(static_cast<uint32_t>(asked.size()) * jobs, [&](uint32_t job, uint32_t thread) {
        const auto& [expert, pairs] = asked[job / jobs];
        const uint32_t first = job % jobs * kFeaturesPerJob;
        const TileAreas areas(workers.scratch(thread), args.x.columns);
        for (size_t begin = 0; begin < pairs.size() && !workers.isStopped(); begin += kPairsPerProduct) {
            multiplyPairsByTiles(workers.factors(), args, expert,
                                 pairs.subspan(begin, std::min<size_t>(kPairsPerProduct, pairs.size() - begin)), first,
                                 std::min(features, first + kFeaturesPerJob), areas);
        }
    });
}

}  // namespace

void expertMatmul(CpuWorkers& workers, const ExpertMatmulArgs& args) {
    checkExpertMatmul(args);
    const std::vector<AskedExpert> asked = askedExperts(args);
    (instructionSet() == InstructionSet::Portable ? matmulByPanels : matmulByTiles)(workers, args, asked);
}

}  // namespace crystallite
