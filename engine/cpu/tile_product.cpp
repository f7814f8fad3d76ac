#include "engine/cpu/tile_product.h"

#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/formats/weight_format.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace crystallite {
namespace {

constexpr uint32_t kPair = 2 * kLanes;
using Sums = std::array<float, size_t{kTileRows} * kPair>;

/// Of kLanes rows, which the compiler must know to make vector code of it.
CRYSTALLITE_VECTORIZE void packFullBlock(const float* const* rows, uint32_t depth, float* out) {
    for (uint32_t d = 0; d < depth; ++d) {
        for (uint32_t lane = 0; lane < kLanes; ++lane) {
            out[size_t{d} * kLanes + lane] = rows[lane][d];
        }
    }
}

/// The first `count` columns of `depth` rows; lanes behind them are 0.
void packColumns(FloatsIn matrix, uint32_t count, uint32_t depth, float* out) {
    for (uint32_t d = 0; d < depth; ++d) {
        std::memcpy(out + size_t{d} * kLanes, matrix.first + size_t{d} * matrix.stride, count * sizeof(float));
        std::fill(out + size_t{d} * kLanes + count, out + (size_t{d} + 1) * kLanes, 0.0F);
    }
}

/// Rows that a tile lacks are 0: what stood there could be as slow to compute with as subnormal numbers are.
void clearRows(float* tile, uint32_t from, uint32_t stride = kTileStride) {
    std::fill(tile + size_t{from} * stride, tile + size_t{kTileRows} * stride, 0.0F);
}

/// Where rows of weights begin.
struct RowBytes {
    WeightFormat format;
    uint32_t count;
    std::array<const std::byte*, kTileRows> rows = {};

    explicit RowBytes(const WeightRows& part) : format(part.weights.format), count(part.count) {
        if (count == 0) {
            return;
        }
        const std::byte* const first = storedRow(part.weights, part.first);
        const std::byte* const last = storedRow(part.weights, part.first + count - 1);
        const ptrdiff_t step = count == 1 ? 0 : (last - first) / static_cast<ptrdiff_t>(count - 1);
        for (uint32_t row = 0; row < count; ++row) {
            rows[row] = first + static_cast<ptrdiff_t>(row) * step;
        }
    }
    void unpack(uint32_t term, uint32_t terms, float* tile) const {
        const uint64_t offset = rowBytes(format, term);
        for (uint32_t row = 0; row < count; ++row) {
            unpackRow(format, rows[row] + offset, tile + size_t{row} * kTileStride, terms);
        }
    }
    /// The same in BF16, as addTileBf16() takes it.
    void unpackPairs(uint32_t term, uint32_t terms, uint32_t* tile) const {
        const uint64_t offset = rowBytes(format, term);
        std::array<float, kTileDepth> floats;
        for (uint32_t row = 0; row < count; ++row) {
            unpackRow(format, rows[row] + offset, floats.data(), terms);
            roundToBf16(floats.data(), terms, reinterpret_cast<uint16_t*>(tile + size_t{row} * kPairStride));
        }
    }
    /// Where the same terms lie; `places` holds them.
    [[nodiscard]] TileBytes bytesOf(uint32_t term, uint32_t terms, std::array<const std::byte*, kTileRows>& places) const {
        const uint64_t offset = rowBytes(format, term);
        for (uint32_t row = 0; row < count; ++row) {
            places[row] = rows[row] + offset;
        }
        return {.rows = std::span(places).first(count), .bytes = rowBytes(format, terms)};
    }
};

/// out[row, feature] from sums[feature * kPair + row].
void storeTransposed(const float* sums, uint32_t rows, uint32_t features, FloatsOut out, ProductResult result, float factor) {
    for (uint32_t row = 0; row < rows; ++row) {
        float* const to = out.first + size_t{row} * out.stride;
        for (uint32_t feature = 0; feature < features; ++feature) {
            const float value = factor * sums[feature * kPair + row];
            to[feature] = result == ProductResult::Add ? to[feature] + value : value;
        }
    }
}

/// out[row, column] from sums[row * kPair + column].
void storeAsIs(const Sums& sums, uint32_t rows, uint32_t columns, FloatsOut out, ProductResult result, float factor) {
    for (uint32_t row = 0; row < rows; ++row) {
        float* const to = out.first + size_t{row} * out.stride;
        for (uint32_t column = 0; column < columns; ++column) {
            const float value = factor * sums[row * kPair + column];
            to[column] = result == ProductResult::Add ? to[column] + value : value;
        }
    }
}

/// Two blocks of lanes of a product: rows of the left matrix, or columns of a right one that is not transposed.
struct LaneBlocks {
    alignas(64) std::array<float, size_t{kPair} * kTileDepth> floats;
    std::array<const float*, 2> blocks = {floats.data(), floats.data() + size_t{kLanes} * kTileDepth};
    uint32_t used = 0;

    void pack(const Product& p, uint32_t firstLane, uint32_t count, uint32_t firstTerm, uint32_t depth) {
        used = count > kLanes ? 2 : 1;
        for (uint32_t block = 0; block < used; ++block) {
            const uint32_t first = firstLane + block * kLanes;
            const uint32_t lanes = std::min(kLanes, count - block * kLanes);
            float* const out = floats.data() + size_t{block} * kLanes * kTileDepth;
            if (p.rightIs == RightOperand::Transposed) {
                packRows(Factors::Exact, {.first = p.left.first + size_t{first} * p.left.stride + firstTerm, .stride = p.left.stride},
                         lanes, depth, out);
            } else {
                packColumns({.first = p.right.first + size_t{firstTerm} * p.right.stride + first, .stride = p.right.stride}, lanes, depth,
                            out);
            }
        }
    }
};

/// Two blocks of packed rows, or one.
struct BlockPair {
    const float* first;
    size_t blockFloats;
    uint32_t count;
};

/// A decoded tile of terms [term, term + terms) times two blocks.
void addDecoded(Factors factors, const float* tile, const BlockPair& blocks, uint32_t term, uint32_t terms, float* sums,
                const TileBytes& soon) {
    if (factors == Factors::Bf16) {
        const auto* const words = reinterpret_cast<const uint32_t*>(blocks.first) + size_t{term} / 2 * kLanes;
        const std::array<const uint32_t*, 2> lanes = {words, words + blocks.blockFloats};
        addTileBf16(reinterpret_cast<const uint32_t*>(tile), lanes.data(), blocks.count, (terms + 1) / 2, sums, soon);
        return;
    }
    const float* const floats = blocks.first + size_t{term} * kLanes;
    const std::array<const float*, 2> lanes = {floats, floats + blocks.blockFloats};
    addTile(instructionSet(), tile, lanes.data(), blocks.count, terms, sums, soon);
}

/// Of kLanes rows of words, which the compiler must know to make vector code of it.
CRYSTALLITE_VECTORIZE void transposeWords(const uint32_t* words, uint32_t stride, uint32_t count, uint32_t* out) {
    for (uint32_t i = 0; i < count; ++i) {
        for (uint32_t lane = 0; lane < kLanes; ++lane) {
            out[size_t{i} * kLanes + lane] = words[size_t{lane} * stride + i];
        }
    }
}

void packPairs(std::span<const float* const> rows, uint32_t depth, uint32_t* out) {
    std::array<uint32_t, size_t{kLanes}* kTilePairs> rounded = {};  // lanes without a row stay 0
    for (uint32_t term = 0; term < depth; term += kTileDepth) {
        const uint32_t terms = std::min(kTileDepth, depth - term);
        for (size_t row = 0; row < rows.size(); ++row) {
            roundToBf16(rows[row] + term, terms, reinterpret_cast<uint16_t*>(rounded.data() + row * kTilePairs));
        }
        transposeWords(rounded.data(), kTilePairs, (terms + 1) / 2, out + size_t{term} / 2 * kLanes);
    }
}

}  // namespace

void packRows(Factors factors, std::span<const float* const> rows, uint32_t depth, float* out) {
    if (factors == Factors::Bf16) {
        packPairs(rows, depth, reinterpret_cast<uint32_t*>(out));
        return;
    }
    if (rows.size() == kLanes) {
        packFullBlock(rows.data(), depth, out);
        return;
    }
    for (uint32_t d = 0; d < depth; ++d) {
        for (uint32_t lane = 0; lane < kLanes; ++lane) {
            out[size_t{d} * kLanes + lane] = lane < rows.size() ? rows[lane][d] : 0.0F;
        }
    }
}

void packRows(Factors factors, FloatsIn rows, uint32_t count, uint32_t depth, float* out) {
    std::array<const float*, kLanes> each = {};
    for (uint32_t row = 0; row < count; ++row) {
        each[row] = rows.first + size_t{row} * rows.stride;
    }
    packRows(factors, std::span(each).first(count), depth, out);
}

void multiplyTile(Factors factors, const WeightRows& weights, const WeightRows& next, const float* packed, uint32_t rows, float* tile,
                  float* sums) {
    const uint32_t depth = weights.weights.columns;
    std::fill_n(sums, sumFloats(rows), 0.0F);
    clearRows(tile, weights.count, factors == Factors::Bf16 ? kPairStride : kTileStride);
    const RowBytes stored(weights);
    const RowBytes storedNext(next);
    const auto termsFrom = [depth](uint32_t term) { return std::min(kTileDepth, depth - term); };
    for (uint32_t term = 0; term < depth; term += kTileDepth) {
        const uint32_t terms = termsFrom(term);
        const uint32_t following = term + terms;
        std::array<const std::byte*, kTileRows> places;
        const TileBytes soon =
            following < depth ? stored.bytesOf(following, termsFrom(following), places) : storedNext.bytesOf(0, termsFrom(0), places);
        if (factors == Factors::Bf16) {
            stored.unpackPairs(term, terms, reinterpret_cast<uint32_t*>(tile));
        } else {
            stored.unpack(term, terms, tile);
        }
        for (uint32_t row = 0; row < rows; row += kPair) {
            const BlockPair lanes = {
                .first = packed + size_t{row} * depth, .blockFloats = size_t{kLanes} * depth, .count = rows - row > kLanes ? 2U : 1U};
            addDecoded(factors, tile, lanes, term, terms, sums + size_t{row} * kTileRows, row == 0 ? soon : TileBytes{});
        }
    }
}

void storeSums(const float* sums, uint32_t rows, uint32_t features, FloatsOut out) {
    for (uint32_t row = 0; row < rows; row += kPair) {
        storeTransposed(sums + size_t{row} * kTileRows, std::min(kPair, rows - row), features,
                        {.first = out.first + size_t{row} * out.stride, .stride = out.stride}, ProductResult::Replace, 1.0F);
    }
}

void multiplyByTiles(InstructionSet set, const Product& p) {
    const bool isTransposed = p.rightIs == RightOperand::Transposed;
    const uint32_t lanes = isTransposed ? p.rows : p.columns;
    const uint32_t tileRows = isTransposed ? p.columns : p.rows;
    const FloatsIn tiled = isTransposed ? p.right : p.left;
    LaneBlocks packed;
    std::array<float, kTileFloats> tile;
    for (uint32_t lane = 0; lane < lanes; lane += kPair) {
        for (uint32_t term = 0; term < p.depth; term += kTileDepth) {
            const uint32_t terms = std::min(kTileDepth, p.depth - term);
            const uint32_t count = std::min(kPair, lanes - lane);
            packed.pack(p, lane, count, term, terms);
            const ProductResult result = term == 0 ? p.result : ProductResult::Add;
            for (uint32_t first = 0; first < tileRows; first += kTileRows) {
                const uint32_t rows = std::min(kTileRows, tileRows - first);
                for (uint32_t i = 0; i < rows; ++i) {
                    std::memcpy(tile.data() + size_t{i} * kTileStride, tiled.first + size_t{first + i} * tiled.stride + term,
                                terms * sizeof(float));
                }
                clearRows(tile.data(), rows);
                Sums sums = {};
                addTile(set, tile.data(), packed.blocks.data(), packed.used, terms, sums.data());
                if (isTransposed) {
                    storeTransposed(sums.data(), count, rows, {p.out.first + size_t{lane} * p.out.stride + first, p.out.stride}, result,
                                    p.factor);
                } else {
                    storeAsIs(sums, rows, count, {p.out.first + size_t{first} * p.out.stride + lane, p.out.stride}, result, p.factor);
                }
            }
        }
    }
}

}  // namespace crystallite
