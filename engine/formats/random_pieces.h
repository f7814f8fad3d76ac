#pragma once

#include "engine/base/thread_pool.h"
#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Stored pieces of rows of random weights, of which whole tensors are put together.
class RandomPieces {
public:
    /// For rows of `columns` weights, a whole number of blocks, uniform around 0 with a deviation of 1 / sqrt(columns).
    RandomPieces(WeightFormat format, uint64_t columns, ThreadPool& pool);

    /// Fills the rows of a tensor. Every piece is drawn by its place and `tensor`, whatever the threads do. Returns early on `stop`, and
    /// then some rows are not filled.
    void fill(std::span<std::byte> rows, uint32_t tensor, ThreadPool& pool, const std::stop_token& stop) const;

private:
    void encode(std::span<const float> weights, std::byte* out) const;

    WeightFormat format_;
    uint64_t pieceElements_;
    uint64_t pieceBytes_;
    std::vector<std::byte> pieces_;
};

}  // namespace crystallite
